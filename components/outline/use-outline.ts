'use client'

import { useMemo, useState } from 'react'
import { drawGraph, type DrawnBlock } from '@/lib/editor/draw-graph'
import { useEditorState } from '@/lib/editor/editor-context'
import { blockIndex } from '@/lib/editor/graph-index'
import { outlineGraph, type OutlineItem } from '@/lib/graph/outline'

/** A line of the outline with what it says. */
export interface OutlineLine extends OutlineItem {
  block: DrawnBlock
  /** The way it is reached by: `if`, `error`; empty for the only one. */
  way: string
  isOpen: boolean
  /** Its place among the lines of its level under the same parent, from 1, and how many those are. */
  place: number
  siblings: number
}

export interface Outline {
  /** The lines that are shown: nothing below a closed one, and only what is searched for. */
  items: readonly OutlineLine[]
  /** The line the keyboard is on. */
  current: OutlineLine | undefined
  /** By its key, or by the id of its block. */
  setCurrent: (key: string) => void
  setOpen: (key: string, isOpen: boolean) => void
}

/** The graph as lines of a tree. */
export function useOutline(search: string): Outline {
  const graph = useEditorState((state) => state.graph.current)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [currentKey, setCurrent] = useState('')
  const [lastIndex, setLastIndex] = useState(0)
  const items = useMemo(() => linesOf(graph, closed, search), [graph, closed, search])
  const found = items.findIndex(({ key }) => key === currentKey)
  const ofBlock = found >= 0 ? found : items.findIndex(({ blockId }) => blockId === currentKey)
  // Where the line is gone the keyboard stays at its place.
  const index = ofBlock >= 0 ? ofBlock : Math.min(lastIndex, items.length - 1)
  if (index >= 0 && index !== lastIndex) setLastIndex(index)
  const setOpen = (key: string, isOpen: boolean) => {
    const next = new Set(closed)
    if (isOpen) next.delete(key)
    else next.add(key)
    setClosed(next)
  }
  return { items, current: items[index], setCurrent, setOpen }
}

function linesOf(graph: Parameters<typeof outlineGraph>[0], closed: ReadonlySet<string>, search: string) {
  const drawing = drawGraph(graph)
  const blocks = blockIndex(drawing)
  const edges = new Map(drawing.edges.map((edge) => [edge.id, edge]))
  const text = search.trim().toLowerCase()
  const shown: (Omit<OutlineLine, 'place' | 'siblings'> & { block: DrawnBlock })[] = []
  const hiddenBelow = new Set<string>()
  for (const item of outlineGraph(graph)) {
    const { key, blockId, edgeId, parentKey } = item
    const block = blocks.get(blockId)
    if (!block) continue
    const isClosed = closed.has(key)
    if ((parentKey !== null && hiddenBelow.has(parentKey)) || isClosed) hiddenBelow.add(key)
    if (text !== '') {
      if (item.isRepeat || !block.name.toLowerCase().includes(text)) continue
    } else if (parentKey !== null && hiddenBelow.has(parentKey)) continue
    const edge = edgeId === null ? undefined : edges.get(edgeId)
    const handle = edge && blocks.get(edge.source)?.handles.find(({ id }) => id === edge.sourceHandle)
    shown.push({ ...item, ...(text !== '' && flat), block, way: handle?.label ?? '', isOpen: !isClosed })
  }
  return withPlaces(shown)
}

const flat = { level: 1, parentKey: null, hasChildren: false }

function withPlaces(lines: readonly Omit<OutlineLine, 'place' | 'siblings'>[]): OutlineLine[] {
  const counts = new Map<string | null, number>()
  const placed = lines.map((line) => {
    const place = (counts.get(line.parentKey) ?? 0) + 1
    counts.set(line.parentKey, place)
    return { ...line, place }
  })
  return placed.map((line) => ({ ...line, siblings: counts.get(line.parentKey) ?? line.place }))
}
