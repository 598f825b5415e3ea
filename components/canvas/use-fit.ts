import { getViewportForBounds, useReactFlow, useStoreApi } from '@xyflow/react'
import { useCallback } from 'react'
import { drawGraph } from '@/lib/editor/draw-graph'
import { useEditor } from '@/lib/editor/editor-context'
import { blockIndex } from '@/lib/editor/graph-index'
import { aroundAll, type Area } from '@/lib/editor/map-shapes'
import type { PaneSize, View } from '@/lib/editor/pan-to-show'
import { useReducedMotion } from './use-reduced-motion'

/** How far the canvas can be zoomed. */
export const zooms = { min: 0.1, max: 2 }
/** Free room around what is fitted into view, as a share of the pane. */
const padding = { graph: 0.16, block: 0.4 }
/** One block is brought near enough to be read. */
const readableZoom = 0.6
const moveMs = 150

/** The view that shows an area, and room around it; never larger than life. */
export function viewOf({ width, height }: PaneSize, area: Area): View {
  return getViewportForBounds(area, width, height, zooms.min, 1, padding.graph)
}

/** How long a move of the view takes that nobody makes by hand; in milliseconds. */
export function useViewMoveMs(): number {
  return useReducedMotion() ? 0 : moveMs
}

/** Moves the view to what is to be seen. Not xyflow's own way: it knows only of the blocks that are in the page. */
export function useFit() {
  const editor = useEditor()
  const flow = useStoreApi()
  const { setViewport } = useReactFlow()
  const duration = useViewMoveMs()
  const fitArea = useCallback(
    (area: Area) => void setViewport(viewOf(flow.getState(), area), { duration }),
    [flow, setViewport, duration],
  )
  const fitGraph = useCallback(() => {
    const area = aroundAll(drawGraph(editor.store.getState().graph.current).blocks)
    if (area) fitArea(area)
  }, [editor, fitArea])
  const fitBlock = useCallback(
    (blockId: string) => {
      const block = blockIndex(drawGraph(editor.store.getState().graph.current)).get(blockId)
      if (!block) return
      const { width, height } = flow.getState()
      void setViewport(getViewportForBounds(block, width, height, readableZoom, 1, padding.block), { duration })
    },
    [editor, flow, setViewport, duration],
  )
  return { fitArea, fitGraph, fitBlock }
}
