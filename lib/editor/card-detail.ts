import type { DrawnBlock, DrawnEdge, Drawing } from './draw-graph'
import { blockIndex } from './graph-index'
import type { Area } from './map-shapes'
import { areaInView, type PaneSize, type View } from './pan-to-show'

/** How much of its block a card shows: all of it, or its name in large letters. Without either it is a bare shape. */
export type Detail = 'full' | 'named'

/** Zoomed out further than this, not even a name in large letters can be read. */
const nameableZoom = 0.2

/** Cards in view up to which they are drawn in full. Past it only names are: so many cards are so small that little else
 *  can be read, and each costs some 0.6 ms to draw and a little with every move of the view. */
const maxFullCards = 90
/** Down to which they have to become fewer until they are drawn in full again, so that a short move changes nothing. */
const fewFullCards = 60

/** Parts of a view's width in which its area grows: the finer, the more often it changes and the less is drawn unseen. */
const partsOfView = 8

/** The part of the canvas around a view whose cards are drawn with something to read, and the share of it that is in view;
 *  null where nothing can be read. It moves in steps, so that most moves of the view leave it as it is. In canvas units. */
export function detailArea(view: View, pane: PaneSize): (Area & { shareInView: number }) | null {
  if (view.zoom < nameableZoom || pane.width === 0 || pane.height === 0) return null
  const seen = areaInView(view, pane)
  const step = 2 ** Math.round(Math.log2(seen.width / partsOfView))
  const [left, width] = widened(seen.x, seen.width, step)
  const [top, height] = widened(seen.y, seen.height, step)
  const shareInView = (seen.width * seen.height) / (width * height)
  return { x: left, y: top, width, height, shareInView }
}

/** How much is shown of that many cards in view, after some detail was shown of them before. */
export function detailOf(cards: number, before: Detail): Detail {
  return cards <= (before === 'full' ? maxFullCards : fewFullCards) ? 'full' : 'named'
}

/** The blocks of a drawing that lie in an area, if only in part. */
export function blocksIn({ blocks }: Drawing, area: Area): DrawnBlock[] {
  return blocks.filter((block) => isWithin(area, block.x, block.x + block.width, block.y, block.y + block.height))
}

/** How far an edge may swing out beyond its two blocks. */
const swing = 160

/** The edges of a drawing that may pass through an area: the very list of the drawing when all of them may. */
export function edgesIn(drawing: Drawing, area: Area): readonly DrawnEdge[] {
  const { edges } = drawing
  const blockOf = blockIndex(drawing)
  const inside = edges.filter(({ source, target }) => {
    const [from, to] = [blockOf.get(source), blockOf.get(target)]
    if (!from || !to) return false
    const left = Math.min(from.x, to.x) - swing
    const right = Math.max(from.x + from.width, to.x + to.width) + swing
    const top = Math.min(from.y, to.y) - swing
    const bottom = Math.max(from.y + from.height, to.y + to.height) + swing
    return isWithin(area, left, right, top, bottom)
  })
  return inside.length === edges.length ? edges : inside
}

/** How many change in one frame, while the view moves and while it stands; what is left waits for the next. */
export interface TurnSize {
  moving: number
  still: number
}

/** What is there, by id, in the order in which it comes. */
export type Ids = ReadonlyMap<string, true>

/** The ids of some items, in their order. */
export function idsOf(items: readonly { id: string }[]): Ids {
  return new Map(items.map(({ id }) => [id, true]))
}

/** A map on its way to another: at most `most` of its entries set or taken away. Gives the other itself once it is there. */
export function towards<Value>(
  from: ReadonlyMap<string, Value>,
  to: ReadonlyMap<string, Value>,
  most: number,
): ReadonlyMap<string, Value> {
  const next = new Map(from)
  let left = most
  for (const [id, value] of to) {
    if (next.get(id) === value) continue
    if (left-- === 0) return next
    next.set(id, value)
  }
  for (const id of from.keys()) {
    if (to.has(id)) continue
    if (left-- === 0) return next
    next.delete(id)
  }
  return to
}

/** A stretch with half a step more on either side, from one multiple of the step to another: where it begins, and its
 *  length. */
function widened(start: number, length: number, step: number): [number, number] {
  const from = Math.floor(start / step - 0.5) * step
  const to = Math.ceil((start + length) / step + 0.5) * step
  return [from, to - from]
}

function isWithin(area: Area, left: number, right: number, top: number, bottom: number): boolean {
  return left < area.x + area.width && right > area.x && top < area.y + area.height && bottom > area.y
}
