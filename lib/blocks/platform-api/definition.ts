import { blockConfig, defineBlock, field, isMissing, kinds, missingConfig, readText, singleOutput } from '../contract'
import type { JsonObject } from '../../contract/json'

/** A resource: its operations, other names they go by, and the config key that holds the operation beside `operation`. */
interface Resource {
  key: string
  operations: readonly string[]
  aliases?: Readonly<Record<string, string>>
}

const crud = ['list', 'get', 'create', 'update', 'delete'] as const

/** What the block can do, by resource. The platform offers exactly these (checked by a test beside it). */
export const platformResources: Readonly<Record<string, Resource>> = {
  agents: { key: 'agents_operation', operations: [...crud, 'run'], aliases: { execute: 'run', chat: 'run' } },
  orchestrations: {
    key: 'operation',
    operations: [...crud, 'run', 'list_entities', 'add_entity', 'update_entity', 'remove_entity'],
    aliases: { execute: 'run', delete_entity: 'remove_entity' },
  },
  workflows: {
    key: 'operation',
    operations: [...crud, 'save_graph', 'deploy', 'undeploy', 'arm', 'disarm', 'versions', 'get_version', 'run'],
    aliases: { execute: 'run', graph: 'save_graph', list_versions: 'versions' },
  },
  executions: { key: 'operation', operations: ['list', 'list_all', 'get', 'logs', 'cancel', 'keep'] },
  knowledge_bases: { key: 'kb_operation', operations: [...crud, 'search', 'embed'], aliases: { query: 'search' } },
  sources: {
    key: 'sources_operation',
    operations: ['list', 'get', 'create', 'delete'],
    aliases: { add: 'create', upload: 'create' },
  },
  sessions: {
    key: 'sessions_operation',
    operations: ['list', 'get', 'create', 'messages', 'send', 'delete'],
    aliases: { get_messages: 'messages', chat: 'send' },
  },
  database: {
    key: 'db_operation',
    operations: [
      'list_tables',
      'get_table',
      'create_table',
      'drop_table',
      'add_column',
      'drop_column',
      'insert_rows',
      'select_rows',
      'count_rows',
      'update_rows',
      'delete_rows',
    ],
    aliases: {
      list: 'list_tables',
      tables: 'list_tables',
      describe: 'get_table',
      describe_table: 'get_table',
      get: 'get_table',
      delete_table: 'drop_table',
      insert: 'insert_rows',
      insert_row: 'insert_rows',
      select: 'select_rows',
      query: 'select_rows',
      query_rows: 'select_rows',
      list_rows: 'select_rows',
      count: 'count_rows',
      update: 'update_rows',
      delete: 'delete_rows',
    },
  },
}

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
      options: Object.keys(platformResources),
      required: true,
    }),
    operation: field(kinds.text, {
      title: 'Operation',
      control: 'select',
      options: (config) => resourceOf(config)?.operations ?? [],
      required: true,
      shownIf: (config) => readText(config[keyOf(config)]) === '' || keyOf(config) === 'operation',
    }),
    agents_operation: ownOperation('agents_operation'),
    kb_operation: ownOperation('kb_operation'),
    sources_operation: ownOperation('sources_operation'),
    sessions_operation: ownOperation('sessions_operation'),
    db_operation: ownOperation('db_operation'),
    resource_id: field(kinds.text, {
      title: 'Id',
      control: 'text',
      resource: ({ resource }) => namedResources.find((name) => name === resource) ?? null,
      help: 'Of what the operation is about; for the database, the name of the table',
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
  check: (config) => [...checkResource(config), ...checkOperation(config)],
})

/** The chosen operation under the name the platform knows: from the resource's own key, else from `operation`; "" when
 *  there is none. */
export function operationOf(config: Readonly<Record<string, unknown>>): string {
  const chosen = readText(config[keyOf(config)]) || readText(config['operation'])
  const aliases = resourceOf(config)?.aliases ?? {}
  return Object.hasOwn(aliases, chosen) ? (aliases[chosen] ?? chosen) : chosen
}

/** Shown while it holds something: what it holds counts before `operation`. */
function ownOperation(key: string) {
  return field(kinds.text, {
    title: 'Operation',
    control: 'select',
    options: (config) => (keyOf(config) === key ? (resourceOf(config)?.operations ?? []) : []),
    shownIf: (config) => keyOf(config) === key && readText(config[key]) !== '',
  })
}

function resourceOf(config: Readonly<Record<string, unknown>>): Resource | undefined {
  const name = readText(config['resource'])
  return Object.hasOwn(platformResources, name) ? platformResources[name] : undefined
}

function keyOf(config: Readonly<Record<string, unknown>>): string {
  return resourceOf(config)?.key ?? 'operation'
}

function checkResource(config: JsonObject) {
  if (isMissing(config, 'resource')) return [missingConfig('resource', 'No resource is chosen: fill resource')]
  const name = readText(config['resource'])
  if (name === '' || isTemplate(name) || resourceOf(config)) return []
  const known = Object.keys(platformResources).join(', ')
  return [missingConfig('resource', `There is no resource "${name}": choose one of ${known}`)]
}

function checkOperation(config: JsonObject) {
  if (isMissing(config, 'operation') && isMissing(config, keyOf(config)))
    return [missingConfig('operation', 'No operation is chosen: fill operation')]
  const [chosen, resource] = [operationOf(config), resourceOf(config)]
  if (!resource || chosen === '' || isTemplate(chosen) || resource.operations.includes(chosen)) return []
  const path = readText(config[resource.key]) === '' ? 'operation' : resource.key
  const known = resource.operations.join(', ')
  return [missingConfig(path, `${readText(config['resource'])} has no operation "${chosen}": choose one of ${known}`)]
}

/** What it stands for is known when it runs. */
function isTemplate(text: string): boolean {
  return text.includes('<') || text.includes('{{')
}
