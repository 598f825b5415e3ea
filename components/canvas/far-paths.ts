import type { DrawnBlock, DrawnEdge, Drawing } from '@/lib/editor/draw-graph'
import { pathBetween } from './edge-path'

/** What an edge looks like from afar. */
export type FarLook = DrawnEdge['kind'] | 'lit'

const known = new WeakMap<DrawnEdge, { source: DrawnBlock; target: DrawnBlock; path: string }>()

/** Edges of a drawing as one path for all that look alike. */
export function farPaths(
  { blocks }: Drawing,
  edges: readonly DrawnEdge[],
  lookOf: (edge: DrawnEdge) => FarLook,
): Map<FarLook, string> {
  const blockOf = new Map(blocks.map((block) => [block.id, block]))
  const parts = new Map<FarLook, string[]>()
  for (const edge of edges) {
    const source = blockOf.get(edge.source)
    const target = blockOf.get(edge.target)
    if (!source || !target) continue
    const look = lookOf(edge)
    const alike = parts.get(look)
    const path = pathOf(edge, source, target)
    if (alike) alike.push(path)
    else parts.set(look, [path])
  }
  return new Map([...parts].map(([look, paths]) => [look, paths.join('')]))
}

function pathOf(edge: DrawnEdge, source: DrawnBlock, target: DrawnBlock): string {
  const before = known.get(edge)
  if (before && before.source === source && before.target === target) return before.path
  const path = pathBetween(source, target, edge)
  known.set(edge, { source, target, path })
  return path
}
