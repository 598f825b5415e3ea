import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect } from 'react'
import { drawGraph } from '@/lib/editor/draw-graph'
import { useEditor } from '@/lib/editor/editor-context'
import type { EditorState } from '@/lib/editor/editor-state'
import { blockIndex } from '@/lib/editor/graph-index'
import { aroundAll, type Area } from '@/lib/editor/map-shapes'
import { isAllSeen, isSeen, panToShow, type PaneSize } from '@/lib/editor/pan-to-show'
import { selectedBlockId } from '@/lib/editor/use-editor'
import { useFit, useViewMoveMs } from './use-fit'

/** Moves the view just as far as it takes to see blocks that nobody would see otherwise: the chosen one when a panel opens
 *  and the canvas gets smaller, and those that were just added, pasted or duplicated. The zoom stays. Where none is chosen,
 *  a graph that was seen whole is seen whole again. */
export function useKeepInView(): void {
  const { store: editor } = useEditor()
  const flow = useStoreApi()
  const show = useShowing()
  const { fitGraph } = useFit()
  const { getViewport } = useReactFlow()
  useEffect(() => {
    let from = sizeOf(flow.getState())
    let made: readonly string[] = []
    let callOff = () => {}
    const look = () => {
      const blockId = selectedBlockId(editor.getState())
      if (made.length > 0) show(made, null)
      else if (blockId !== null) show([blockId], from)
      else if (wasAllSeen(flow.getState(), from)) fitGraph()
      made = []
      from = sizeOf(flow.getState())
    }
    const lookLater = () => {
      callOff()
      callOff = whenStill(() => flow.getState().transform, look)
    }
    const leaveFlow = flow.subscribe((now, before) => {
      if (now.width !== before.width || now.height !== before.height) lookLater()
    })
    const leaveEditor = editor.subscribe((now, before) => {
      const ids = madeBlocks(now, before)
      if (ids.length === 0) return
      made = ids
      lookLater()
    })
    return () => {
      leaveFlow()
      leaveEditor()
      callOff()
    }

    function wasAllSeen(now: PaneSize, before: PaneSize): boolean {
      const area = aroundAll(drawGraph(editor.getState().graph.current).blocks)
      const view = getViewport()
      return area !== null && isAllSeen(view, area, before) && !isAllSeen(view, area, now)
    }
  }, [editor, flow, show, fitGraph, getViewport])
}

/** Shows blocks; with `seenIn` only where some of them were seen in a pane of that size. */
function useShowing(): (blockIds: readonly string[], seenIn: PaneSize | null) => void {
  const { getNodesBounds, getNode, getViewport, setViewport } = useReactFlow()
  const flow = useStoreApi()
  const duration = useViewMoveMs()
  return useCallback(
    (blockIds, seenIn) => {
      const nodes = blockIds.filter((id) => getNode(id) !== undefined)
      // What is under the pointer stays there.
      const isHeld = document.querySelector('.react-flow__node.dragging, .react-flow__pane.dragging') !== null
      if (nodes.length === 0 || isHeld) return
      const area = getNodesBounds(nodes)
      const view = getViewport()
      if (seenIn && !isSeen(view, area, seenIn)) return
      const { domNode, ...state } = flow.getState()
      const shown = panToShow(view, area, { ...sizeOf(state), covers: coversOf(domNode) })
      if (shown) void setViewport(shown, { duration })
    },
    [duration, flow, getNode, getNodesBounds, getViewport, setViewport],
  )
}

/** The blocks an edit made: it selects them. An empty canvas has its own first view. */
function madeBlocks({ graph, selection }: EditorState, before: EditorState): string[] {
  if (graph.current === before.graph.current || selection === before.selection) return []
  const known = blockIndex(before.graph.current)
  const isFirst = before.graph.current.blocks.length === 0
  return isFirst ? [] : [...selection.blockIds].filter((id) => !known.has(id))
}

/** What lies over the canvas: the map and the buttons. In pixels of the pane. */
function coversOf(pane: Element | null): Area[] {
  if (!pane) return []
  const { x: left, y: top } = pane.getBoundingClientRect()
  return [...pane.querySelectorAll('.canvas-map, .react-flow__controls')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect()
    return { x: x - left, y: y - top, width, height }
  })
}

function sizeOf({ width, height }: PaneSize): PaneSize {
  return { width, height }
}

/** Frames in which the view has to stand: a move that was asked for begins a frame or two later. */
const stillFrames = 3

/** Calls once the view no longer moves: what opened the panel may be on its way to the block. Gives what calls it off. */
function whenStill(viewNow: () => unknown, onStill: () => void): () => void {
  let [last, count, frame] = [viewNow(), 0, 0]
  const look = () => {
    const now = viewNow()
    count = now === last ? count + 1 : 0
    last = now
    if (count < stillFrames) frame = requestAnimationFrame(look)
    else onStill()
  }
  frame = requestAnimationFrame(look)
  return () => cancelAnimationFrame(frame)
}
