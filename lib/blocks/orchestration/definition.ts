import { isUuid } from '../../contract/ids'
import { blockConfig, defineBlock, field, isMissing, kinds, missingConfig, readText, singleOutput } from '../contract'

/** Runs a saved orchestration: several agents under one strategy. */
export const orchestration = defineBlock({
  type: 'orchestration',
  aliases: [],
  title: 'Orchestration',
  description: 'Runs several agents together: supervised, one after the other, or side by side.',
  category: 'ai',
  icon: 'network',
  config: blockConfig({
    orchestration_id: field(kinds.text, {
      title: 'Orchestration',
      control: 'text',
      required: true,
      resource: () => 'orchestrations',
    }),
    input: field(kinds.json, { title: 'Task', control: 'textarea' }),
    message: kinds.json,
  }),
  defaults: { orchestration_id: '', input: '' },
  outputs: () => singleOutput,
  summary(config) {
    const id = readText(config['orchestration_id'])
    if (id === '') return 'No orchestration chosen'
    const isSaved: boolean = isUuid(id)
    return isSaved ? 'Runs a saved orchestration' : `Runs orchestration ${id}`
  },
  outputFields: [
    { path: 'output', title: 'Answer' },
    { path: 'status', title: 'Status' },
    { path: 'steps', title: 'Steps' },
    { path: 'usage', title: 'Usage' },
  ],
  capabilities: {
    streams: true,
    usesModel: (config) => ({
      kind: 'orchestration',
      id: readText(config['orchestration_id']),
      setting: 'orchestration_id',
    }),
  },
  boundFields: [],
  expressionFields: [],
  secretFields: [],
  check: (config) =>
    isMissing(config, 'orchestration_id')
      ? [missingConfig('orchestration_id', 'No orchestration is chosen: fill orchestration_id')]
      : [],
})
