import type { Graph } from '../contract/graph'
import { blockIndex, edgeIndex } from './graph-index'
import type { Selection } from './editor-state'

/** The selection without what the graph no longer has; the very same when nothing is missing. */
export function prunedSelection(selection: Selection, graph: Graph): Selection {
  const blockIds = pruned(selection.blockIds, () => blockIndex(graph))
  const edgeIds = pruned(selection.edgeIds, () => edgeIndex(graph))
  return blockIds === selection.blockIds && edgeIds === selection.edgeIds ? selection : { blockIds, edgeIds }
}

function pruned(ids: ReadonlySet<string>, index: () => ReadonlyMap<string, unknown>): ReadonlySet<string> {
  if (ids.size === 0) return ids
  const known = index()
  const kept = [...ids].filter((id) => known.has(id))
  return kept.length === ids.size ? ids : new Set(kept)
}
