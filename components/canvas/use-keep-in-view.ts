import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'
import { useEditor } from '@/lib/editor/editor-context'
import { panToShow, type PaneSize } from '@/lib/editor/pan-to-show'
import { selectedBlockId } from '@/lib/editor/use-editor'

/** Keeps the chosen block in view when a panel opens and the canvas gets smaller. */
export function useKeepInView(durationMs: number): void {
  const { store: editor } = useEditor()
  const { getInternalNode, getViewport, setViewport } = useReactFlow()
  const flow = useStoreApi()
  useEffect(() => {
    let from = sizeOf(flow.getState())
    let callOff = () => {}
    const keep = () => {
      const sizes = { from, to: sizeOf(flow.getState()) }
      from = sizes.to
      const blockId = selectedBlockId(editor.getState())
      const node = blockId === null ? undefined : getInternalNode(blockId)
      // What is under the pointer stays there.
      const isHeld = document.querySelector('.react-flow__node.dragging, .react-flow__pane.dragging') !== null
      if (!node || isHeld) return
      const { width = 0, height = 0 } = node.measured
      const view = panToShow(getViewport(), { ...node.internals.positionAbsolute, width, height }, sizes)
      if (view) void setViewport(view, { duration: durationMs })
    }
    const leave = flow.subscribe((now, before) => {
      if (now.width === before.width && now.height === before.height) return
      callOff()
      callOff = whenStill(() => flow.getState().transform, keep)
    })
    return () => {
      leave()
      callOff()
    }
  }, [durationMs, editor, flow, getInternalNode, getViewport, setViewport])
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
