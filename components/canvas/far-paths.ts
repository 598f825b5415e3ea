import type { DrawnBlock, DrawnEdge, Drawing } from '@/lib/editor/draw-graph'
import { blockIndex } from '@/lib/editor/graph-index'
import { pathBetween } from './edge-path'

/** What an edge looks like from afar. */
export type FarLook = DrawnEdge['kind'] | 'lit'

/** A part of the picture of all edges. */
export interface FarPath {
  id: string
  look: FarLook
  path: string
}

const known = new WeakMap<DrawnEdge, { source: DrawnBlock; target: DrawnBlock; path: string }>()

/** Width and height of the canvas whose edges are one path, in its units. Of one path for all of them the browser would draw
 *  what is not in view, too, which shows in the frame rate. */
const partSize = 2_000

/** Edges of a drawing as paths: one for all that look alike and begin in the same part of the canvas. */
export function farPaths(
  drawing: Drawing,
  edges: readonly DrawnEdge[],
  lookOf: (edge: DrawnEdge) => FarLook,
): FarPath[] {
  const blockOf = blockIndex(drawing)
  const parts = new Map<string, { look: FarLook; paths: string[] }>()
  for (const edge of edges) {
    const source = blockOf.get(edge.source)
    const target = blockOf.get(edge.target)
    if (!source || !target) continue
    const look = lookOf(edge)
    const id = `${look} ${Math.floor(source.x / partSize)} ${Math.floor(source.y / partSize)}`
    const part = parts.get(id) ?? { look, paths: [] }
    part.paths.push(pathOf(edge, source, target))
    parts.set(id, part)
  }
  return [...parts].map(([id, { look, paths }]) => ({ id, look, path: paths.join('') }))
}

function pathOf(edge: DrawnEdge, source: DrawnBlock, target: DrawnBlock): string {
  const before = known.get(edge)
  if (before && before.source === source && before.target === target) return before.path
  const path = pathBetween(source, target, edge)
  known.set(edge, { source, target, path })
  return path
}
