import { z } from 'zod'
import { defineBlock, type BlockDefinition, type Catalog } from '../blocks/contract'
import type { Graph } from '../contract/graph'
import type { JsonObject } from '../contract/json'

const base = {
  aliases: [],
  title: 'Step',
  description: '',
  category: 'logic',
  icon: 'box',
  config: z.looseObject({}),
  defaults: {},
  outputs: () => [{ id: 'output', label: 'Output' }],
  summary: () => 'summary',
  outputFields: [],
  capabilities: {},
  boundFields: [],
  expressionFields: [],
  secretFields: [],
  check: () => [],
} satisfies Omit<BlockDefinition, 'type'>

/** Small definitions that show one trait each: the graph core knows no concrete block. */
const definitions: readonly BlockDefinition[] = [
  defineBlock({ ...base, type: 'starter', capabilities: { trigger: 'start' } }),
  defineBlock({ ...base, type: 'webhook', capabilities: { trigger: 'webhook' } }),
  defineBlock({ ...base, type: 'split' }),
  defineBlock({ ...base, type: 'response', capabilities: { responds: true } }),
  defineBlock({ ...base, type: 'code', aliases: ['function'], boundFields: ['code'] }),
  defineBlock({
    ...base,
    type: 'condition',
    title: 'Condition',
    capabilities: { routes: true },
    boundFields: ['expression', 'branches', 'cases'],
    expressionFields: ['expression', 'branches', 'cases'],
    outputs: ({ branches }) =>
      ['if', 'elif_1', 'elif_2']
        .slice(0, Array.isArray(branches) ? branches.length : 1)
        .concat('else')
        .map(handle),
  }),
  defineBlock({
    ...base,
    type: 'general_api',
    aliases: ['api_call'],
    config: z.looseObject({ url: z.string().nullish(), timeout: z.number().nullish() }),
    secretFields: ['url'],
    check: ({ url }) =>
      typeof url === 'string'
        ? []
        : [{ code: 'config_missing', severity: 'warning', path: 'config.url', message: 'fill url' }],
  }),
]

function handle(id: string) {
  return { id, label: id }
}

export const testCatalog: Catalog = new Map(
  definitions.flatMap((definition) =>
    [definition.type, ...definition.aliases].map((type) => [type, definition] as const),
  ),
)

/** A graph written briefly: `[id, type, config?, extra?]` and `[source, target, sourceHandle?, condition?]`. */
export function graphOf(
  blocks: readonly (readonly [
    id: string,
    type: string,
    config?: JsonObject,
    extra?: { name?: string; enabled?: boolean },
  ])[],
  edges: readonly (readonly [
    source: string,
    target: string,
    sourceHandle?: string | undefined,
    condition?: string | undefined,
  ])[] = [],
): Graph {
  return {
    blocks: blocks.map(([id, type, config = {}, extra = {}]) => ({
      id,
      type,
      name: '',
      position: { x: 0, y: 0 },
      config,
      enabled: true,
      ...extra,
    })),
    edges: edges.map(([source, target, sourceHandle = 'output', condition], index) => ({
      id: `e${index}`,
      source,
      target,
      sourceHandle,
      targetHandle: 'input',
      condition: condition ?? null,
    })),
  }
}
