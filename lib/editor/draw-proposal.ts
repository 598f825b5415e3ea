import type { Catalog } from '../blocks/contract'
import type { Graph } from '../contract/graph'
import { applyDiff } from '../graph/apply-diff'
import { isPartTaken, partsOf, withoutParts } from '../graph/diff-parts'
import type { Proposal } from './copilot-state'
import { drawGraph, type DrawnBlock, type DrawnEdge } from './draw-graph'
import { blockIndex } from './graph-index'
import { aroundAll, type Area } from './map-shapes'

/** What a proposal would change, as the canvas shows it. */
export interface DrawnProposal {
  blocks: { kind: 'added' | 'changed' | 'removed'; block: DrawnBlock }[]
  edges: { kind: 'added' | 'removed'; edge: DrawnEdge; source: DrawnBlock; target: DrawnBlock }[]
  /** Around the whole graph as it would be; null when it would be empty. */
  bounds: Area | null
}

/** Draws the taken parts of a proposal. What is left out is drawn no more. */
export function drawProposal(graph: Graph, { diff, rejected }: Proposal, catalog: Catalog): DrawnProposal {
  const taken = withoutParts(diff, rejected)
  const [now, then] = [drawGraph(graph), drawGraph(applyDiff(graph, taken, { catalog }))]
  const before = blockIndex(now)
  const after = blockIndex(then)
  const ids = { before: edgeIds(now.edges), after: edgeIds(then.edges) }
  const blocks = partsOf(graph, diff, catalog).flatMap((part) => {
    const id = part.id.slice(part.id.indexOf(' ') + 1)
    const block = part.of === 'block' && isPartTaken(part, rejected) ? (before.get(id) ?? after.get(id)) : undefined
    return block ? [{ kind: part.kind, block }] : []
  })
  const between = (edge: DrawnEdge) => {
    const [source, target] = [edge.source, edge.target].map((id) => after.get(id) ?? before.get(id))
    return source && target ? { edge, source, target } : null
  }
  const added = then.edges.filter(({ id }) => !ids.before.has(id)).map((edge) => ({ kind: 'added' as const, edge }))
  const removed = now.edges.filter(({ id }) => !ids.after.has(id)).map((edge) => ({ kind: 'removed' as const, edge }))
  return {
    blocks,
    edges: [...added, ...removed].flatMap(({ kind, edge }) => {
      const ends = between(edge)
      return ends ? [{ kind, ...ends }] : []
    }),
    bounds: aroundAll([...now.blocks, ...then.blocks]),
  }
}

function edgeIds(edges: readonly DrawnEdge[]): Set<string> {
  return new Set(edges.map(({ id }) => id))
}
