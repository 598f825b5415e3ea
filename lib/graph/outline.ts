import type { Edge, Graph } from '../contract/graph'

/** One line of a graph told as a tree. */
export interface OutlineItem {
  /** The edge it is reached by, else the block: unique in the outline. */
  key: string
  blockId: string
  /** Null where the graph begins. */
  edgeId: string | null
  /** From 1. A chain stays on its level; only where several edges leave does it go one deeper. */
  level: number
  parentKey: string | null
  hasChildren: boolean
  /** The block has its own line further up: this one only says that an edge leads there too. */
  isRepeat: boolean
}

/** Tells a graph as a tree, depth first, every block once and every edge once: where it begins, what follows, and below a
 *  block that several edges leave, each way. Blocks that nothing leads to begin it; what only circles reach comes last. */
export function outlineGraph({ blocks, edges }: Graph): OutlineItem[] {
  const leaving = new Map<string, Edge[]>()
  for (const edge of edges) leaving.set(edge.source, [...(leaving.get(edge.source) ?? []), edge])
  const targets = new Set(edges.map(({ target }) => target))
  const known = new Set(blocks.map(({ id }) => id))
  const seen = new Set<string>()
  const items: OutlineItem[] = []
  const beginnings = [...blocks.filter(({ id }) => !targets.has(id)), ...blocks]
  for (const { id } of beginnings) if (!seen.has(id)) walk({ blockId: id, edgeId: null, level: 1, parentKey: null })
  return items

  /** With a stack of its own: a chain of two thousand blocks would be as many calls deep. */
  function walk(start: Pick<OutlineItem, 'blockId' | 'edgeId' | 'level' | 'parentKey'>): void {
    const waiting = [start]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { blockId, edgeId, level, parentKey } = next
      const key = edgeId ?? blockId
      const isRepeat = seen.has(blockId)
      const ways = isRepeat ? [] : (leaving.get(blockId) ?? []).filter(({ target }) => known.has(target))
      const hasChildren = ways.length > 1
      items.push({ key, blockId, edgeId, level, parentKey, hasChildren, isRepeat })
      seen.add(blockId)
      const below = hasChildren ? { level: level + 1, parentKey: key } : { level, parentKey }
      waiting.push(...ways.map((edge) => ({ blockId: edge.target, edgeId: edge.id, ...below })).reverse())
    }
  }
}
