import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { testCatalog } from './catalog.fixture'
import { compileGraph } from './compile-graph'
import { evaluateCondition } from './condition'
import { entriesFor } from './entries'
import { parseGraph } from './parse-graph'
import { upstreamOf, visibleBlock, type Plan, type PlanBlock } from './plan'
import { resolveConfig } from './resolve-config'
import type { BlockData } from '../contract/execution'
import { isJsonObject, type JsonObject } from '../contract/json'

interface Vector {
  group: string
  name: string
  blocks: unknown[]
  edges: unknown[]
  variables: JsonObject
  expect: { ran: string[]; outputs: Record<string, JsonObject> }
}

// The groups that need no sandbox; all of them go through the HTTP API elsewhere.
const groups = ['references', 'conditions', 'mappings', 'flow']
const file = new URL('../../e2e/fixtures/vectors.json', import.meta.url)
// The file's README gives this shape.
const vectors = (JSON.parse(readFileSync(file, 'utf8')) as Vector[]).filter(({ group }) => groups.includes(group))

describe('conformance vectors, on the graph core alone', () => {
  it.each(vectors.map((vector) => [`${vector.group}: ${vector.name}`, vector] as const))('%s', (_title, vector) => {
    const { plan, issues } = compileGraph(parseGraph(vector, testCatalog), testCatalog)
    if (!plan) throw new Error(JSON.stringify(issues))
    const data = run(plan, vector.variables)
    expect([...data.keys()].sort()).toEqual(vector.expect.ran)
    for (const [id, expected] of Object.entries(vector.expect.outputs)) {
      const { output, route } = expected
      expect(data.get(id)).toMatchObject(route === undefined ? { output } : { output, route })
    }
  })
})

/** The plainest engine there can be: blocks one by one, in any order that suits the edges. */
function run(plan: Plan, variables: JsonObject): Map<string, BlockData> {
  const entries = entriesFor(plan, null)
  const data = new Map<string, BlockData>()
  const settled = new Set<number>()
  while (settled.size < plan.blocks.length) {
    for (const block of plan.blocks) {
      if (settled.has(block.index) || !block.incoming.every(({ source }) => settled.has(source))) continue
      settled.add(block.index)
      const isLive = block.incoming.some(({ source, on }) => {
        const from = data.get(plan.blocks[source]?.block.id ?? '')
        return from && (on.kind === 'always' || (on.kind === 'route' && from['route'] === on.route))
      })
      if (entries.has(block.index) || isLive) data.set(block.block.id, runBlock(plan, block, data, variables))
    }
  }
  return data
}

function runBlock(plan: Plan, block: PlanBlock, data: Map<string, BlockData>, variables: JsonObject): BlockData {
  const dataOf = (index: number | undefined) => data.get(plan.blocks[index ?? -1]?.block.id ?? '')
  const scope = { variables, block: (name: string) => dataOf(visibleBlock(plan, block, name)) }
  const config = resolveConfig(block, scope)
  const [upstream] = upstreamOf(plan, block).map(dataOf)
  switch (block.type) {
    case 'starter':
      return { output: { ...(isJsonObject(config['input']) ? config['input'] : {}), ...variables } }
    case 'webhook':
      return { output: variables }
    case 'condition':
      return evaluateCondition(config, scope).data
    default:
      return { output: config['output'] ?? config['input'] ?? upstream?.['output'] ?? null }
  }
}
