import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { graphOf, testCatalog } from './catalog.fixture'
import { compileGraph } from './compile-graph'
import { entriesFor } from './entries'
import { ancestorsOf, visibleBlock, type Plan, type PlanEdge } from './plan'
import type { Graph } from '../contract/graph'

const compile = (graph: Graph) => compileGraph(graph, testCatalog)

const anyGraph = fc.integer({ min: 1, max: 12 }).chain((count) => {
  const index = fc.nat({ max: count - 1 })
  const type = fc.constantFrom('starter', 'webhook', 'split', 'condition', 'split')
  const blockOf = fc.tuple(type, fc.boolean(), fc.constantFrom('', 'n1', 'n2', 'b0'))
  const edge = fc.tuple(
    index,
    index,
    fc.constantFrom('output', 'if', 'else', 'error', '0'),
    fc.constantFrom(undefined, undefined, 'if'),
  )
  return fc
    .tuple(fc.array(blockOf, { minLength: count, maxLength: count }), fc.array(edge, { maxLength: 2 * count }))
    .map(([blocks, edges]) =>
      graphOf(
        blocks.map(
          ([blockType, enabled, name], i) => [`b${i}`, blockType, {}, { enabled: enabled || i % 3 > 0, name }] as const,
        ),
        edges.map(([a, b, handle, condition]) => [`b${a}`, `b${b}`, handle, condition] as const),
      ),
    )
})

describe('compiling any graph', () => {
  it('finds a cycle exactly where a block can reach itself, and nothing else stops these graphs', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { plan, issues } = compile(graph)
        const inCycle = graph.blocks.some(({ id }) => naiveAncestors(graph, id).has(id))
        expect(plan === null).toBe(inCycle)
        expect(issues.some(({ code }) => code === 'cycle' || code === 'self_loop')).toBe(inCycle)
      }),
      { numRuns: 400 },
    )
  })

  it('knows the ancestors and names a search through the edges finds', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { plan } = compile(graph)
        if (!plan) return fc.pre(false)
        for (const planBlock of plan.blocks) {
          const before = naiveAncestors(graph, planBlock.block.id)
          expect(ancestorsOf(plan, planBlock).map((i) => graph.blocks[i]?.id)).toEqual(
            graph.blocks.map(({ id }) => id).filter((id) => before.has(id)),
          )
          for (const name of ['n1', 'b0', 'b1', 'none']) {
            const found =
              graph.blocks.find(({ id }) => id === name && before.has(id)) ??
              graph.blocks.find((b) => b.name === name && before.has(b.id))
            const index = visibleBlock(plan, planBlock, name)
            expect(index === undefined ? undefined : graph.blocks[index]).toBe(found)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('runs the blocks a schedule written straight from the rules runs', () => {
    fc.assert(
      fc.property(
        anyGraph,
        fc.array(fc.constantFrom('if', 'else'), { minLength: 12, maxLength: 12 }),
        fc.nat({ max: 12 }),
        (graph, routes, called) => {
          const { plan } = compile(graph)
          if (!plan) return fc.pre(false)
          const webhook = graph.blocks[called]?.type === 'webhook' ? `b${called}` : null
          expect([...ranByPlan(plan, routes, webhook)].sort()).toEqual([...ranNaively(graph, routes, webhook)].sort())
        },
      ),
      { numRuns: 500 },
    )
  })
})

function naiveAncestors(graph: Graph, id: string): Set<string> {
  const found = new Set<string>()
  const visit = (target: string) => {
    for (const edge of graph.edges) {
      if (edge.target !== target || found.has(edge.source)) continue
      found.add(edge.source)
      visit(edge.source)
    }
  }
  visit(id)
  return found
}

/** Ids of the blocks that run when conditions choose `routes` (by place in the graph) and nothing fails. */
function ranByPlan(plan: Plan, routes: readonly string[], webhook: string | null): Set<string> {
  const entries = entriesFor(plan, webhook)
  const ran = new Set<number>()
  const settled = new Set<number>()
  while (settled.size < plan.blocks.length) {
    for (const { index, block: saved, incoming } of plan.blocks) {
      if (settled.has(index) || !incoming.every(({ source }) => settled.has(source))) continue
      settled.add(index)
      const isLive = ({ source, on }: PlanEdge) => {
        const route = plan.blocks[source]?.definition.capabilities.routes ? routes[source] : undefined
        return ran.has(source) && (on.kind === 'always' || (on.kind === 'route' && on.route === route))
      }
      if (saved.enabled && (entries.has(index) || incoming.some(isLive))) ran.add(index)
    }
  }
  return new Set([...ran].map((index) => plan.blocks[index]?.block.id ?? ''))
}

/** Section 6 once more, from the saved graph. */
function ranNaively(graph: Graph, routes: readonly string[], webhook: string | null): Set<string> {
  const triggers = graph.blocks.filter(({ type }) => type === 'starter' || type === 'webhook')
  const isEntry = (id: string, type: string) => {
    if (triggers.length === 0) return !graph.edges.some(({ target }) => target === id)
    return type === 'starter' || (type === 'webhook' && (webhook === null || webhook === id))
  }
  const runs = (id: string): boolean => {
    const saved = graph.blocks.find((candidate) => candidate.id === id)
    if (!saved?.enabled) return false
    if (isEntry(id, saved.type)) return true
    return graph.edges.some((edge) => edge.target === id && isLive(edge) && runs(edge.source))
  }
  const isLive = ({ source, sourceHandle, condition }: Graph['edges'][number]): boolean => {
    const place = graph.blocks.findIndex(({ id }) => id === source)
    const isCondition = graph.blocks[place]?.type === 'condition'
    if (sourceHandle === 'error') return false
    const wanted = condition ?? (isCondition && ['if', 'else'].includes(sourceHandle) ? sourceHandle : null)
    return wanted === null || (isCondition && routes[place] === wanted)
  }
  return new Set(graph.blocks.map(({ id }) => id).filter(runs))
}
