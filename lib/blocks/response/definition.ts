import { blockConfig, defineBlock, field, kinds, readSwitch, readText, singleOutput } from '../contract'

/** Ends the graph: its output is the execution's, and it shapes the HTTP answer of a webhook. */
export const response = defineBlock({
  type: 'response',
  aliases: [],
  title: 'Response',
  description: 'Sets the result of the execution and the HTTP answer of a webhook call.',
  category: 'output',
  icon: 'reply',
  config: blockConfig({
    output: field(kinds.json, {
      title: 'Output',
      control: 'json',
      help: 'Left out: the output of the block before it.',
    }),
    // Of any type: what is no status is 200.
    status: field(kinds.json, { title: 'Status', control: 'number' }),
    status_code: kinds.json,
    headers: field(kinds.pairs, { title: 'Headers', control: 'table' }),
    raw: field(kinds.switch, { title: 'Answer with the bare output', control: 'switch' }),
  }),
  defaults: {},
  outputs: () => singleOutput,
  summary(config) {
    const chosen = config['status'] ?? config['status_code']
    const status = typeof chosen === 'number' ? String(chosen) : readText(chosen) || '200'
    return readSwitch(config['raw']) ? `Answers ${status} with the bare output` : `Answers ${status}`
  },
  outputFields: [
    { path: 'output', title: 'Output' },
    { path: 'status', title: 'Status' },
    { path: 'headers', title: 'Headers' },
  ],
  capabilities: { responds: true, isContained: true },
  boundFields: [],
  expressionFields: [],
  secretFields: [],
  check: () => [],
})
