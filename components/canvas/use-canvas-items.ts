import type { Edge, EdgeChange, NodeChange } from '@xyflow/react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { move } from '@/lib/editor/canvas-actions'
import { drawGraph } from '@/lib/editor/draw-graph'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import type { BlockNode } from './block-card'
import { draggedNodes, edgesOfSelected, linesOf, nodesOf } from './canvas-items'

type Place = { x: number; y: number }
const nowhere: ReadonlyMap<string, Place> = new Map()

/** The graph as xyflow takes it, and what becomes of what a person does to it there: selecting goes to the store at once,
 *  moving when the drag ends, as one edit. Seen from afar xyflow draws only the edges of what is selected, `drawnEdges`. */
export function useCanvasItems(isFar: boolean) {
  const editor = useEditor()
  const graph = useEditorState((state) => state.graph.current)
  const selection = useEditorState((state) => state.selection)
  const [places, setPlaces] = useState(nowhere)
  const isDragging = useRef(false)
  const drawing = useMemo(() => drawGraph(graph), [graph])
  const still = useMemo(() => nodesOf(drawing.blocks, selection.blockIds), [drawing, selection.blockIds])
  const nodes = useMemo(() => draggedNodes(still, places), [still, places])
  const drawnEdges = useMemo(
    () => (isFar ? edgesOfSelected(drawing.edges, selection) : drawing.edges),
    [isFar, drawing.edges, selection],
  )
  const edges = useMemo(() => linesOf(drawnEdges, selection.edgeIds), [drawnEdges, selection.edgeIds])

  const onNodesChange = useCallback(
    (changes: NodeChange<BlockNode>[]) => {
      const dragged = new Map<string, Place>()
      const dropped = new Map<string, Place>()
      for (const change of changes) {
        if (change.type !== 'position' || !change.position) continue
        const into = change.dragging ? dragged : dropped
        into.set(change.id, change.position)
      }
      if (dragged.size > 0) {
        isDragging.current = true
        setPlaces(dragged)
      }
      if (dropped.size > 0) {
        setPlaces(nowhere)
        // What was not dragged before it is dropped was moved by an arrow key.
        move(editor, dropped, isDragging.current ? 'drag' : 'nudge')
        isDragging.current = false
      }
      const blockIds = afterSelecting(editor.store.getState().selection.blockIds, changes)
      if (blockIds) editor.select({ blockIds, edgeIds: editor.store.getState().selection.edgeIds })
    },
    [editor],
  )
  const onEdgesChange = useCallback(
    (changes: EdgeChange<Edge>[]) => {
      const edgeIds = afterSelecting(editor.store.getState().selection.edgeIds, changes)
      if (edgeIds) editor.select({ blockIds: editor.store.getState().selection.blockIds, edgeIds })
    },
    [editor],
  )
  return { drawing, drawnEdges, nodes, edges, onNodesChange, onEdgesChange }
}

/** The selection after xyflow's changes; null when it stays as it is. */
function afterSelecting(
  before: ReadonlySet<string>,
  changes: readonly { type: string; id?: string; selected?: boolean }[],
): Set<string> | null {
  const after = new Set(before)
  for (const { type, id, selected } of changes) {
    if (type !== 'select' || id === undefined) continue
    if (selected) after.add(id)
    else after.delete(id)
  }
  const isSame = after.size === before.size && [...after].every((id) => before.has(id))
  return isSame ? null : after
}
