import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useRef, useState } from 'react'
import type { Drawing } from '@/lib/editor/draw-graph'
import { aroundAll } from '@/lib/editor/map-shapes'
import { isSeen, type PaneSize, type View } from '@/lib/editor/pan-to-show'
import { useFit, viewOf } from './use-fit'

/** How a canvas of that size is looked at as it opens: fitted to the graph from its first frame on. A canvas that opens empty
 *  has nothing to fit: the first blocks that come to it stay where they were put, and are fitted only where one of them
 *  would not be seen, pasted ones for example. */
export function useFirstView({ blocks }: Drawing, pane: PaneSize): View {
  const isAwaited = useRef(blocks.length === 0)
  const { fitGraph } = useFit()
  const flow = useStoreApi()
  const { getViewport } = useReactFlow()
  const [first] = useState(() => {
    const area = aroundAll(blocks)
    const view = area ? viewOf(pane, area) : { x: 0, y: 0, zoom: 1 }
    // Before the first card is drawn: xyflow would draw all of them for a view it does not keep.
    flow.setState({ ...pane, transform: [view.x, view.y, view.zoom] })
    return view
  })
  useEffect(() => {
    if (!isAwaited.current || blocks.length === 0) return
    isAwaited.current = false
    const [view, now] = [getViewport(), flow.getState()]
    if (!blocks.every((block) => isSeen(view, block, now))) fitGraph()
  }, [blocks, fitGraph, getViewport, flow])
  return first
}
