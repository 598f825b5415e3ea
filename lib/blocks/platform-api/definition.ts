import { blockConfig, defineBlock, field, isMissing, kinds, missingConfig, readText, singleOutput } from '../contract'

/** Resources, and the config key that held the operation of each before `operation` served all. */
const operationKeys = new Map([
  ['agents', 'agents_operation'],
  ['orchestrations', 'operation'],
  ['workflows', 'operation'],
  ['executions', 'operation'],
  ['knowledge_bases', 'kb_operation'],
  ['sources', 'sources_operation'],
  ['sessions', 'sessions_operation'],
  ['database', 'db_operation'],
])

const namedResources = ['agents', 'orchestrations', 'workflows'] as const

/** Calls the platform's own operations with the caller's rights. */
export const platformApi = defineBlock({
  type: 'platform_api',
  aliases: [],
  title: 'Platform',
  description: 'Calls this installation’s own operations with the rights of whoever runs the workflow.',
  category: 'actions',
  icon: 'blocks',
  config: blockConfig({
    resource: field(kinds.text, {
      title: 'Resource',
      control: 'select',
      options: [...operationKeys.keys()],
      required: true,
    }),
    operation: field(kinds.text, { title: 'Operation', control: 'text', required: true }),
    agents_operation: kinds.text,
    kb_operation: kinds.text,
    sources_operation: kinds.text,
    sessions_operation: kinds.text,
    db_operation: kinds.text,
    resource_id: field(kinds.text, {
      title: 'Id',
      control: 'text',
      resource: ({ resource }) => namedResources.find((name) => name === resource) ?? null,
    }),
    body: field(kinds.object, { title: 'Body', control: 'json' }),
    params: field(kinds.pairs, { title: 'Parameters', control: 'table' }),
  }),
  defaults: { resource: 'workflows', operation: 'list' },
  outputs: () => singleOutput,
  summary: (config) =>
    `${operationOf(config) || '(no operation yet)'} ${readText(config['resource']) || '(no resource yet)'}`,
  outputFields: [
    { path: 'output', title: 'Answer' },
    { path: 'status_code', title: 'Status code' },
  ],
  capabilities: {},
  boundFields: [],
  expressionFields: [],
  secretFields: [],
  check: (config) => [
    ...(isMissing(config, 'resource') ? [missingConfig('resource', 'No resource is chosen: fill resource')] : []),
    ...(isMissing(config, 'operation') && isMissing(config, operationKeyOf(config))
      ? [missingConfig('operation', 'No operation is chosen: fill operation')]
      : []),
  ],
})

/** The chosen operation: under the resource's own key, else under `operation`; "" when there is none. */
export function operationOf(config: Readonly<Record<string, unknown>>): string {
  return readText(config[operationKeyOf(config)]) || readText(config['operation'])
}

function operationKeyOf(config: Readonly<Record<string, unknown>>): string {
  return operationKeys.get(readText(config['resource'])) ?? 'operation'
}
