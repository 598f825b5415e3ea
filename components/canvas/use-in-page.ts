import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useMemo, useState } from 'react'
import { blocksIn, idsOf, towards, type Ids, type TurnSize } from '@/lib/editor/card-detail'
import type { Drawing } from '@/lib/editor/draw-graph'
import type { Selection } from '@/lib/editor/editor-state'
import { areaInView } from '@/lib/editor/pan-to-show'

/** Cards that come into the page, as bare shapes. */
const pageTurn: TurnSize = { moving: 16, still: 40 }

interface InPage {
  wasCulled: boolean
  /** The blocks there are so far; null once they are all. */
  ids: Ids | null
  /** Whether all that xyflow knows of is drawn. */
  isDrawn: boolean
}

/** The blocks xyflow is handed, and whether it leaves out what is not in view. When a canvas is culled no more, those that
 *  were out of view come in turns, what a person sees before the rest: first xyflow has to know of those in view alone, then
 *  it is told to draw all it knows of. */
export function useInPage(drawing: Drawing, { selection, isCulled }: { selection: Selection; isCulled: boolean }) {
  const flow = useStoreApi()
  const { getViewport } = useReactFlow()
  const [state, setState] = useState<InPage>({ wasCulled: isCulled, ids: null, isDrawn: true })
  let now = state
  if (state.wasCulled !== isCulled) {
    const inView = new Set(blocksIn(drawing, areaInView(getViewport(), flow.getState())))
    const first = drawing.blocks.filter((block) => inView.has(block) || selection.blockIds.has(block.id))
    now = { wasCulled: isCulled, ids: isCulled ? null : idsOf(first), isDrawn: isCulled }
    setState(now)
  }
  const { ids, isDrawn } = now
  useEffect(() => {
    if (!ids) return
    const { transform: view } = flow.getState()
    const frame = requestAnimationFrame(() => {
      const seen = flow.getState()
      const pace = seen.transform === view ? 'still' : 'moving'
      const inView = blocksIn(drawing, areaInView(getViewport(), seen))
      const all = new Map([...idsOf(inView), ...idsOf(drawing.blocks)])
      const next = isDrawn ? towards(ids, all, pageTurn[pace]) : ids
      setState({ wasCulled: isCulled, ids: next === all ? null : next, isDrawn: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [drawing, isCulled, ids, isDrawn, flow, getViewport])
  const blocks = useMemo(() => (ids ? drawing.blocks.filter(({ id }) => ids.has(id)) : drawing.blocks), [ids, drawing])
  return { blocks, isCulled: isCulled || !isDrawn }
}
