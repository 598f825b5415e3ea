import { blockConfig, defineBlock, field, kinds, readText, singleOutput } from '../contract'

/** Hands one value to every branch after it; they all start at once. */
export const split = defineBlock({
  type: 'split',
  aliases: [],
  title: 'Split',
  description: 'Hands one value to every branch after it, all at once.',
  category: 'logic',
  icon: 'split',
  config: blockConfig({
    input: field(kinds.json, { title: 'Input', control: 'json', help: 'Left out: the output of the block before it.' }),
  }),
  defaults: {},
  outputs: () => singleOutput,
  summary: (config) => (readText(config['input']) ? `Hands on ${readText(config['input'])}` : 'Starts every branch'),
  outputFields: [{ path: 'output', title: 'Input' }],
  capabilities: { isContained: true },
  boundFields: [],
  expressionFields: [],
  secretFields: [],
  check: () => [],
})
