import { useReactFlow, useStore, useStoreApi, type ReactFlowState } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { useEditor } from '@/lib/editor/editor-context'
import { panToShow, type PaneSize } from '@/lib/editor/pan-to-show'
import { selectedBlockId } from '@/lib/editor/use-editor'

/** Keeps the chosen block in view when a panel opens and the canvas gets smaller. */
export function useKeepInView(durationMs: number): void {
  const { store: editor } = useEditor()
  const { getInternalNode, getViewport, setViewport } = useReactFlow()
  const flow = useStoreApi()
  const width = useStore(widthOf)
  const height = useStore(heightOf)
  const known = useRef<PaneSize | null>(null)
  useEffect(() => {
    const keep = () => {
      const from = known.current
      const to = { width, height }
      known.current = to
      const blockId = selectedBlockId(editor.getState())
      const node = blockId === null ? undefined : getInternalNode(blockId)
      // What is under the pointer stays there.
      const isHeld = document.querySelector('.react-flow__node.dragging, .react-flow__pane.dragging') !== null
      if (!from || !node || isHeld) return
      const { width: cardWidth = 0, height: cardHeight = 0 } = node.measured
      const area = { ...node.internals.positionAbsolute, width: cardWidth, height: cardHeight }
      const view = panToShow(getViewport(), area, { from, to })
      if (view) void setViewport(view, { duration: durationMs })
    }
    return whenStill(() => flow.getState().transform, keep)
  }, [width, height, durationMs, editor, flow, getInternalNode, getViewport, setViewport])
}

const widthOf = ({ width }: ReactFlowState) => width
const heightOf = ({ height }: ReactFlowState) => height

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
