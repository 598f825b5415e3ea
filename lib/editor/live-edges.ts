import type { BlockDefinition } from '../blocks/contract'
import type { Block, Edge } from '../contract/graph'
import { edgeTrigger } from '../graph/edge-trigger'
import type { LiveBlock } from './editor-state'

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
