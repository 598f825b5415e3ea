import { useStore as useFlow, useStoreApi, type ReactFlowState, type Transform } from '@xyflow/react'
import { useEffectEvent, useLayoutEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import {
  blocksIn,
  detailArea,
  detailOf,
  edgesIn,
  idsOf,
  towards,
  type Detail,
  type Ids,
  type TurnSize,
} from '@/lib/editor/card-detail'
import type { DrawnBlock, DrawnEdge, Drawing } from '@/lib/editor/draw-graph'
import { useEditorState } from '@/lib/editor/editor-context'
import type { Area } from '@/lib/editor/map-shapes'
import { useCanvasValues } from './block-values'
import { edgesOfSelected } from './canvas-items'
import { useInPage } from './use-in-page'

/** A full card costs some 0.6 ms, of which a frame with a move of the view has few to spare. */
const cardTurns: Record<Detail, TurnSize> = { full: { moving: 4, still: 16 }, named: { moving: 6, still: 60 } }
const edgeTurn: TurnSize = { moving: 10, still: 40 }
/** Cards drawn at once on a canvas that shows none yet. */
const firstCards = 60

/** What is drawn of a drawing. */
interface Shown {
  /** The blocks xyflow is handed. */
  blocks: readonly DrawnBlock[]
  /** Of the cards in view; null where they are bare shapes. */
  detail: Detail | null
  /** What a card that comes into view shows at once; null while those that are there still get their detail in turns. */
  settled: Detail | null
  /** The edges that xyflow draws, each to be worked with. */
  edges: readonly DrawnEdge[]
  /** Whether the others are to be seen, in one picture. */
  hasPicture: boolean
  /** Whether only what is in view is in the page: of a large graph the smaller page scrolls the better. Not where all are
   *  bare shapes: nearly all are in view then, and finding out which costs more with each move than all of them. */
  isCulled: boolean
}

/** Blocks up to which all of them stay in the page. */
const maxUnculledBlocks = 200

/** Decides how much is drawn of what. Cards that can be read are drawn in full, with their edges; from further away they
 *  are shapes, named as long as names can be read, and the edges but those of what is selected are one picture. What
 *  changes as a person zooms is drawn in turns, a few cards with each frame. */
export function useShown(drawing: Drawing): Shown {
  const { detail: detailOfBlocks } = useCanvasValues()
  const selection = useEditorState((state) => state.selection)
  const area = useFlow(areaOf, isSameArea)
  const inside = useMemo(() => (area ? blocksIn(drawing, area) : []), [drawing, area])
  const detail = useDetail(area !== null, inside.length * (area?.shareInView ?? 0))
  const isSmall = drawing.blocks.length <= maxUnculledBlocks
  const page = useInPage(drawing, { selection, isCulled: detail !== null && !isSmall })
  const [before, setSettled] = useState<Detail | null>(null)
  const settled = before === detail ? detail : null
  if (before !== settled) setSettled(settled)

  const cards = useMemo(
    () => new Map(detail ? (isSmall ? drawing.blocks : inside).map(({ id }) => [id, detail]) : []),
    [detail, isSmall, drawing, inside],
  )
  const wanted = useKept(
    useMemo(() => {
      if (detail !== 'full' || !area) return edgesOfSelected(drawing.edges, selection)
      return isSmall || settled ? drawing.edges : edgesIn(drawing, area)
    }, [detail, isSmall, settled, area, drawing, selection]),
  )
  const [shownStore] = useState(() => createStore<Ids>(() => new Map()))
  const shown = useStore(shownStore)
  const ids = useMemo(() => idsOf(wanted), [wanted])
  useTurns(cards, ids, (pace) => {
    const [cardsNow, edgesNow] = [detailOfBlocks.all, shownStore.getState()]
    const most = cardsNow.size === 0 ? firstCards : cardTurns[detail ?? 'named'][pace]
    if (cardsNow !== cards) detailOfBlocks.replace(settled ? cards : towards(cardsNow, cards, most))
    if (edgesNow !== ids) shownStore.setState(settled ? ids : towards(edgesNow, ids, edgeTurn[pace]), true)
    const isDone = detailOfBlocks.all === cards && shownStore.getState() === ids
    if (isDone) setSettled(detail)
    return isDone
  })
  const edges = useMemo(
    () => (wanted.every(({ id }) => shown.has(id)) ? wanted : wanted.filter(({ id }) => shown.has(id))),
    [wanted, shown],
  )
  const hasPicture = useHasPicture(detail === 'full', edges === wanted)
  return { ...page, detail, settled, edges, hasPicture }
}

/** The detail of that many cards. What was shown before decides with it. */
function useDetail(isReadable: boolean, cards: number): Detail | null {
  const [before, setBefore] = useState<Detail>('full')
  const now = isReadable ? detailOf(cards, before) : before
  if (now !== before) setBefore(now)
  return isReadable ? now : null
}

/** The edges of a canvas in full are first seen in the picture that was there before, until all of them are drawn. */
function useHasPicture(isFull: boolean, areAllDrawn: boolean): boolean {
  const [wasDrawn, setWasDrawn] = useState(false)
  const isDrawn = isFull && (wasDrawn || areAllDrawn)
  if (isDrawn !== wasDrawn) setWasDrawn(isDrawn)
  return !isDrawn
}

/** Takes a small turn at once when what is wanted changes, and one with each frame until the last was taken. */
function useTurns(cards: unknown, edges: unknown, takeTurn: (pace: keyof TurnSize) => boolean): void {
  const flow = useStoreApi()
  const take = useEffectEvent(takeTurn)
  useLayoutEffect(() => {
    let frame = 0
    let view: Transform | null = null
    const next = () => {
      const now = flow.getState().transform
      const isDone = take(now === view ? 'still' : 'moving')
      view = now
      if (!isDone) frame = requestAnimationFrame(next)
    }
    next()
    return () => cancelAnimationFrame(frame)
  }, [cards, edges, flow])
}

/** A list, or the one before while it holds the same. */
function useKept<Item>(list: readonly Item[]): readonly Item[] {
  const [kept, setKept] = useState(list)
  const isSame = kept.length === list.length && kept.every((item, index) => item === list[index])
  if (!isSame) setKept(list)
  return isSame ? kept : list
}

function areaOf({ transform: [x, y, zoom], width, height }: ReactFlowState) {
  return detailArea({ x, y, zoom }, { width, height })
}

function isSameArea(a: Area | null, b: Area | null): boolean {
  return a === b || (a?.x === b?.x && a?.y === b?.y && a?.width === b?.width && a?.height === b?.height)
}
