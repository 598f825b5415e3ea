import { AncestorSets } from './ancestors'
import { configIssues, referenceIssues } from './block-issues'
import { titleOf } from './block-title'
import { edgeProblem, edgeTrigger } from './edge-trigger'
import { findCycles, topologicalOrder, type Links } from './find-cycles'
import { findUnreached } from './find-unreached'
import type { Plan, PlanBlock, PlanEdge } from './plan'
import { compileConfig } from './resolve-config'
import type { Edge, Graph, GraphIssue } from '../contract/graph'
import type { Catalog } from '../blocks/contract'

/** Compiles a saved graph into a plan and tells what is wrong with it. Issues of severity `error` leave no plan;
 *  warnings do: people save drafts, running is what is strict. Issues come in graph order, blocks before edges.
 *  Source: API contract, sections 3 and 6. */
export function compileGraph(graph: Graph, catalog: Catalog): { plan: Plan | null; issues: GraphIssue[] } {
  const unknown = unknownTypes(graph, catalog)
  if (unknown.length > 0) return { plan: null, issues: unknown }
  const plan = buildPlan(graph, catalog)
  const links = linksOf(plan)
  for (const source of topologicalOrder(links)) {
    for (const target of links.targets[source] ?? []) plan.ancestors.addEdge(source, target)
  }
  const cycles = findCycles(links, maxCycleIssues)
  const issues = [
    ...plan.blocks.flatMap((block) => configIssues(block)),
    // Behind a cycle nobody's ancestors are known.
    ...(cycles.length > 0 ? [] : plan.blocks.flatMap((block) => referenceIssues(plan, block))),
    ...unreachableIssues(plan),
    ...edgeIssues(graph, plan),
    ...cycles.map((cycle) => cycleIssue(plan, cycle)),
  ]
  return { plan: issues.some(({ severity }) => severity === 'error') ? null : plan, issues }
}

/** Cycles shown at once; breaking these brings up the next. */
const maxCycleIssues = 10

/** `parseGraph` refuses these; a graph saved when the catalog still knew the type gets here. */
function unknownTypes(graph: Graph, catalog: Catalog): GraphIssue[] {
  return graph.blocks
    .filter(({ type }) => !catalog.has(type))
    .map((block) => ({
      code: 'config_type',
      severity: 'error',
      block: block.id,
      path: 'type',
      message: `${titleOf(block)}: Unknown block type: ${block.type}`,
    }))
}

function buildPlan(graph: Graph, catalog: Catalog): Plan {
  const indexOfId = new Map(graph.blocks.map((block, index) => [block.id, index]))
  const incoming: PlanEdge[][] = graph.blocks.map(() => [])
  const outgoing: PlanEdge[][] = graph.blocks.map(() => [])
  const blocks = graph.blocks.flatMap((block, index): PlanBlock[] => {
    const definition = catalog.get(block.type)
    if (!definition) return []
    const edges = { incoming: incoming[index] ?? [], outgoing: outgoing[index] ?? [] }
    const compiled = compileConfig(block.config, definition)
    return [{ index, block, type: definition.type, definition, ...compiled, ...edges, lookups: new Map() }]
  })
  for (const edge of graph.edges) {
    const source = indexOfId.get(edge.source)
    const target = indexOfId.get(edge.target)
    const from = source === undefined ? undefined : blocks[source]
    if (source === undefined || target === undefined || !from) continue
    const planEdge: PlanEdge = { id: edge.id, source, target, on: edgeTrigger(edge, from.definition) }
    outgoing[source]?.push(planEdge)
    incoming[target]?.push(planEdge)
  }
  const indexesOfName = new Map<string, number[]>()
  for (const { block, index } of blocks) {
    const same = indexesOfName.get(block.name)
    if (same) same.push(index)
    else if (block.name !== '') indexesOfName.set(block.name, [index])
  }
  return { blocks, ancestors: new AncestorSets(blocks.length), indexOfId, indexesOfName }
}

function linksOf(plan: Plan): Links {
  const targets = plan.blocks.map(({ outgoing }) => [
    ...new Set(outgoing.filter(({ source, target }) => source !== target).map(({ target }) => target)),
  ])
  return { blockCount: plan.blocks.length, targets }
}

function unreachableIssues(plan: Plan): GraphIssue[] {
  return findUnreached(plan.blocks).map(({ block: { block }, behind }) => {
    const remedy = behind
      ? `is never reached: it is behind ${titleOf(behind.block)}, which is disabled; enable that or lead a way around it`
      : 'is never reached; connect it to a starter or webhook block'
    const message = `${titleOf(block)} ${remedy}`
    return { code: 'unreachable', severity: 'warning', block: block.id, path: '', message }
  })
}

function edgeIssues(graph: Graph, plan: Plan): GraphIssue[] {
  return graph.edges.flatMap((edge, position): GraphIssue[] => {
    const index = plan.indexOfId.get(edge.source)
    const source = index === undefined ? undefined : plan.blocks[index]
    if (!source) return []
    const base = { block: edge.source, path: `edges.${position}` }
    if (edge.source === edge.target) {
      const message = `${titleOf(source.block)} is connected to itself; remove that edge`
      return [{ ...base, code: 'self_loop', severity: 'error', message }]
    }
    const problem = edgeProblem(edge, source.definition, source.block.config)
    if (problem === null) return []
    const message = `The edge from ${titleOf(source.block)} to ${targetTitle(edge, plan)} ${problem}`
    return [{ ...base, code: 'edge_condition', severity: 'warning', message }]
  })
}

function targetTitle(edge: Edge, plan: Plan): string {
  const target = plan.blocks[plan.indexOfId.get(edge.target) ?? -1]
  return target ? titleOf(target.block) : edge.target
}

function cycleIssue(plan: Plan, cycle: readonly number[]): GraphIssue {
  const blocks = cycle.flatMap((index) => plan.blocks[index]?.block ?? [])
  const [first] = blocks
  const way = [...blocks, ...blocks.slice(0, 1)].map((block) => titleOf(block))
  const shown = way.length > 8 ? [...way.slice(0, 7), '…', ...way.slice(-1)] : way
  const message = `Workflow graph contains a cycle: ${shown.join(' → ')}; remove one of these edges`
  return { code: 'cycle', severity: 'error', block: first?.id ?? null, path: '', message }
}
