import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Drawing } from '@/lib/editor/draw-graph'
import { isSeen } from '@/lib/editor/pan-to-show'

/** How a graph is fitted into view. */
export const fit = { padding: 0.16, maxZoom: 1 }

/** Fits the view to the graph as it opens; until then blocks would be seen to jump. A canvas that opens empty has nothing to
 *  fit: the first blocks that come to it stay where they were put, and are fitted only where one of them would not be seen,
 *  pasted ones for example. */
export function useFirstFit({ blocks }: Drawing): { isFitted: boolean; onInit: () => void } {
  const [isFitted, setIsFitted] = useState(false)
  const isAwaited = useRef(blocks.length === 0)
  const { fitView, getViewport } = useReactFlow()
  const flow = useStoreApi()
  const onInit = useCallback(() => {
    if (isAwaited.current) setIsFitted(true)
    else void fitView(fit).then(() => setIsFitted(true))
  }, [fitView])
  useEffect(() => {
    if (!isAwaited.current || blocks.length === 0) return
    isAwaited.current = false
    const [view, pane] = [getViewport(), flow.getState()]
    if (!blocks.every((block) => isSeen(view, block, pane))) void fitView(fit)
  }, [blocks, fitView, getViewport, flow])
  return { isFitted, onInit }
}
