import type { Edge } from '../contract/graph'

/** The edges that leave each block, in graph order. */
export function edgesBySource(edges: readonly Edge[]): Map<string, Edge[]> {
  const leaving = new Map<string, Edge[]>()
  for (const edge of edges) {
    const others = leaving.get(edge.source)
    if (others) others.push(edge)
    else leaving.set(edge.source, [edge])
  }
  return leaving
}
