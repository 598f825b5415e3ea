import type { Graph } from '../contract/graph'
import { cardHeight, cardWidth } from './card-size'
import { drawGraph } from './draw-graph'
import type { Editor } from './editor'
import type { Area } from './map-shapes'
import { sizeOf } from './notes'

interface Place {
  x: number
  y: number
}

const besideGap = 96
/** Kept free around a card; below it stands its status. */
const gap = { x: 16, y: 32 }

/** A place right of a block, else `instead`, clear of every card there is. */
export function freePlace(editor: Editor, { beside, instead }: { beside: string | undefined; instead: Place }): Place {
  const { blocks } = drawGraph(editor.store.getState().graph.current)
  const anchor = blocks.find(({ id }) => id === beside)
  const place = anchor ? { x: anchor.x + anchor.width + besideGap, y: anchor.y } : { ...instead }
  const card = { ...place, width: cardWidth, height: cardHeight(0) }
  return { x: place.x, y: place.y + wayDown([card], blocks) }
}

/** A place for something of that size, where it is or straight below, clear of every card and note there is. */
export function freeSpot(editor: Editor, area: Area): Place {
  const { current, notes } = editor.store.getState().graph
  const taken = notes.map((note) => ({ ...note.position, ...sizeOf(note) }))
  return { x: area.x, y: area.y + wayDown([area], [...drawGraph(current).blocks, ...taken]) }
}

/** How far copies stand from their originals: straight below, as near as they are clear of every card there is. */
export function freeOffset(graph: Graph, copied: Graph): Place {
  return { x: 0, y: wayDown(drawGraph(copied).blocks, drawGraph(graph).blocks) }
}

/** How far cards have to go down together to be clear of others. */
function wayDown(cards: readonly Area[], others: readonly Area[]): number {
  const clearing = (way: number) =>
    cards.reduce(
      (most, card) =>
        others.reduce((more, other) => (isNear(card, way, other) ? Math.max(more, below(other) - card.y) : more), most),
      way,
    )
  // Until it is below what is in its way a card stays in it, so no shorter way is passed over.
  let way = 0
  for (let next = clearing(way); next > way; next = clearing(way)) way = next
  return way
}

function isNear(card: Area, way: number, other: Area): boolean {
  return (
    card.x < other.x + other.width + gap.x &&
    card.x + card.width + gap.x > other.x &&
    card.y + way < other.y + other.height + gap.y &&
    card.y + way + card.height + gap.y > other.y
  )
}

function below({ y, height }: Area): number {
  return onGrid(y + height + gap.y)
}

function onGrid(value: number): number {
  return Math.ceil(value / 8) * 8
}
