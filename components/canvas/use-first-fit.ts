import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useRef, useState } from 'react'
import type { Drawing } from '@/lib/editor/draw-graph'
import { isSeen } from '@/lib/editor/pan-to-show'

/** Whether the view fits the graph as it opens. A canvas that opens empty has nothing to fit: the first blocks that come
 *  to it stay where they were put, and are fitted only where one of them would not be seen, pasted ones for example. */
export function useFirstFit({ blocks }: Drawing): boolean {
  const [isDrawn] = useState(blocks.length > 0)
  const isAwaited = useRef(!isDrawn)
  const { fitView, getViewport } = useReactFlow()
  const flow = useStoreApi()
  useEffect(() => {
    if (!isAwaited.current || blocks.length === 0) return
    isAwaited.current = false
    const [view, pane] = [getViewport(), flow.getState()]
    if (!blocks.every((block) => isSeen(view, block, pane))) void fitView({ padding: 0.16, maxZoom: 1 })
  }, [blocks, fitView, getViewport, flow])
  return isDrawn
}
