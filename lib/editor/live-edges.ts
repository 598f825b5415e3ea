import type { BlockDefinition, Catalog } from '../blocks/contract'
import type { Block, Edge, Graph } from '../contract/graph'
import { edgeTrigger } from '../graph/edge-trigger'
import type { LiveBlock, LiveSlice } from './editor-state'
import { blockIndex, edgeIndex } from './graph-index'

/** Tells whether data passed along an edge of a graph in the painted execution. */
export function isLitIn(
  edgeId: string,
  { graph, live, catalog }: { graph: Graph; live: LiveSlice['blocks']; catalog: Catalog },
): boolean {
  if (live.size === 0) return false
  const edge = edgeIndex(graph).get(edgeId)
  const source = edge && blockIndex(graph).get(edge.source)
  const definition = source && catalog.get(source.type)
  return definition ? isEdgeLit(edge, source, definition, live.get(edge.source)) : false
}

/** Tells whether data passed along an edge in the painted execution: its source settled, and in the way the edge waits
 *  for. */
export function isEdgeLit(
  edge: Edge,
  source: Block,
  definition: BlockDefinition,
  live: LiveBlock | undefined,
): boolean {
  if (!live) return false
  const trigger = edgeTrigger(edge, definition)
  switch (trigger.kind) {
    case 'error':
      return live.status === 'error'
    case 'route':
      return live.status === 'success' && live.data?.['route'] === trigger.route
    case 'always':
      return live.status === 'success' || (live.status === 'error' && source.config['on_error'] === 'continue')
  }
}
