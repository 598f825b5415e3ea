import type { Block, Edge, Graph } from '../../contract/graph'

/** What makes one graph out of another, as data: undo and redo are patches. Holds whole blocks and edges, the very
 *  objects of the graph it came from, so a patch there and back gives the same objects. */
export interface GraphPatch {
  blocks: ListPatch<Block>
  edges: ListPatch<Edge>
}

/** Applied in this order: removals, replacements in place, then insertions at places of the resulting list, ascending. */
export interface ListPatch<Item> {
  removed: readonly string[]
  replaced: readonly Item[]
  inserted: readonly { index: number; item: Item }[]
}

/** An edited graph and the way back. What the edit did not touch keeps its identity. */
export interface Edited {
  graph: Graph
  inverse: GraphPatch
}

/** Result of an edit that made `after` out of `before`. Both lists stay the very same when nothing in them changed. */
export function edited(before: Graph, after: Graph): Edited {
  const blocks = sameList(before.blocks, after.blocks) ? before.blocks : after.blocks
  const edges = sameList(before.edges, after.edges) ? before.edges : after.edges
  const isSame = blocks === before.blocks && edges === before.edges
  const graph = isSame ? before : { blocks, edges }
  return { graph, inverse: patchBetween(graph, before) }
}

/** The patch that makes `to` out of `from`. Compares by identity, block by block, so it costs one pass. */
export function patchBetween(from: Graph, to: Graph): GraphPatch {
  return { blocks: listPatch(from.blocks, to.blocks), edges: listPatch(from.edges, to.edges) }
}

/** Applies a patch and gives the patch back. Items the graph no longer has are passed over, and so are edges that would
 *  lead nowhere. */
export function applyPatch(graph: Graph, patch: GraphPatch): Edited {
  const blocks = patchList(graph.blocks, patch.blocks)
  const ids = new Set(blocks.map(({ id }) => id))
  const edges = patchList(graph.edges, patch.edges)
  const isWhole = edges.every((edge) => ids.has(edge.source) && ids.has(edge.target))
  return edited(graph, {
    blocks,
    edges: isWhole ? edges : edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)),
  })
}

/** Tells whether two graphs hold the very same blocks and edges in the same order. Undoing back to a graph does. */
export function isSameGraph(a: Graph, b: Graph): boolean {
  return a === b || (sameList(a.blocks, b.blocks) && sameList(a.edges, b.edges))
}

function sameList<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]))
}

function listPatch<Item extends { id: string }>(from: readonly Item[], to: readonly Item[]): ListPatch<Item> {
  if (from === to) return { removed: [], replaced: [], inserted: [] }
  // What nearly every keystroke and drag is: the same items in their places.
  if (from.length === to.length && from.every((item, index) => item.id === to[index]?.id))
    return { removed: [], replaced: to.filter((item, index) => item !== from[index]), inserted: [] }
  const before = new Map(from.map((item) => [item.id, item]))
  const after = new Set(to.map((item) => item.id))
  const isReordered = !sameList(
    from.filter(({ id }) => after.has(id)).map(({ id }) => id),
    to.filter(({ id }) => before.has(id)).map(({ id }) => id),
  )
  const isKept = (id: string) => !isReordered && before.has(id) && after.has(id)
  return {
    removed: from.filter(({ id }) => !isKept(id)).map(({ id }) => id),
    replaced: to.filter((item) => isKept(item.id) && before.get(item.id) !== item),
    inserted: to.map((item, index) => ({ index, item })).filter(({ item }) => !isKept(item.id)),
  }
}

function patchList<Item extends { id: string }>(list: Item[], patch: ListPatch<Item>): Item[] {
  const { removed, replaced, inserted } = patch
  if (removed.length + replaced.length + inserted.length === 0) return list
  const gone = new Set([...removed, ...inserted.map(({ item }) => item.id)])
  const replacements = new Map(replaced.map((item) => [item.id, item]))
  const kept = list.filter(({ id }) => !gone.has(id)).map((item) => replacements.get(item.id) ?? item)
  return withInserted(kept, inserted)
}

/** One pass, so that undoing the deletion of ten thousand edges is no quadratic work. */
function withInserted<Item>(kept: readonly Item[], inserted: ListPatch<Item>['inserted']): Item[] {
  const result: Item[] = []
  let next = 0
  for (const { index, item } of inserted) {
    while (result.length < index && next < kept.length) {
      const one = kept[next++]
      if (one !== undefined) result.push(one)
    }
    result.push(item)
  }
  return [...result, ...kept.slice(next)]
}
