import { useStoreApi, type Edge, type EdgeChange, type NodeChange } from '@xyflow/react'
import { useCallback, useMemo } from 'react'
import { useSetStage, useStage } from '@/components/editor/workflow-context'
import { move } from '@/lib/editor/canvas-actions'
import { drawGraph, type Drawing } from '@/lib/editor/draw-graph'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import type { BlockNode } from './block-card'
import { useCanvasValues } from './block-values'
import { linesOf, nodesOf } from './canvas-items'
import { useShown } from './use-shown'

type Place = { x: number; y: number }

/** The graph as it is drawn. */
export function useDrawing(): Drawing {
  const graph = useEditorState((state) => state.graph.current)
  return useMemo(() => drawGraph(graph), [graph])
}

/** The graph as xyflow takes it, and what becomes of what a person does to it there: selecting goes to the store at once,
 *  moving when the drag ends, as one edit. Until then xyflow hears nothing of the move: it would ask every card anew. Cards
 *  and edges are told how far they were dragged, and draw themselves there. */
export function useCanvasItems(drawing: Drawing) {
  const editor = useEditor()
  const selection = useEditorState((state) => state.selection)
  const flow = useStoreApi<BlockNode>()
  const { dragged } = useCanvasValues()
  const setStage = useSetStage()
  const shown = useShown(drawing)
  const isDragging = useStage((stage) => stage.isDragging)
  const nodes = useMemo(
    () => nodesOf(shown.blocks, { selected: selection.blockIds, isDragging: isDragging && shown.isCulled }),
    [shown.blocks, shown.isCulled, selection.blockIds, isDragging],
  )
  const edges = useMemo(() => linesOf(shown.edges, selection.edgeIds), [shown.edges, selection.edgeIds])

  const dragging = useMemo(() => {
    const start = () => setStage({ isDragging: true })
    const stop = () => {
      setStage({ isDragging: false })
      dragged.replace(new Map())
    }
    return { start, stop }
  }, [setStage, dragged])
  const onNodesChange = useCallback(
    (changes: NodeChange<BlockNode>[]) => {
      const ways = new Map<string, Place>()
      const dropped = new Map<string, Place>()
      for (const { id, to, isHeld } of movesIn(changes)) {
        const from = flow.getState().nodeLookup.get(id)?.position
        if (isHeld && from) ways.set(id, { x: to.x - from.x, y: to.y - from.y })
        else if (!isHeld) dropped.set(id, to)
      }
      if (ways.size > 0) dragged.replace(ways)
      if (dropped.size > 0) {
        // What was not dragged before it is dropped was moved by an arrow key.
        move(editor, dropped, dragged.all.size > 0 ? 'drag' : 'nudge')
        dragging.stop()
      }
      const blockIds = afterSelecting(editor.store.getState().selection.blockIds, changes)
      if (blockIds) editor.select({ blockIds, edgeIds: editor.store.getState().selection.edgeIds })
    },
    [editor, flow, dragged, dragging],
  )
  const onEdgesChange = useCallback(
    (changes: EdgeChange<Edge>[]) => {
      const edgeIds = afterSelecting(editor.store.getState().selection.edgeIds, changes)
      if (edgeIds) editor.select({ blockIds: editor.store.getState().selection.blockIds, edgeIds })
    },
    [editor],
  )
  const handlers = {
    onNodesChange,
    onEdgesChange,
    onNodeDragStart: dragging.start,
    onSelectionDragStart: dragging.start,
    // A drag that moved nothing ends without a change.
    onNodeDragStop: dragging.stop,
    onSelectionDragStop: dragging.stop,
  }
  return { shown, nodes, edges, isDragging, handlers }
}

function movesIn(changes: readonly NodeChange<BlockNode>[]): { id: string; to: Place; isHeld: boolean }[] {
  return changes.flatMap((change) =>
    change.type === 'position' && change.position
      ? [{ id: change.id, to: change.position, isHeld: change.dragging === true }]
      : [],
  )
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
