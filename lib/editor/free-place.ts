import { cardHeight, cardWidth } from './card-size'
import { drawGraph } from './draw-graph'
import type { Editor } from './editor'

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
  const taken = () =>
    blocks.find(
      ({ x, y, width, height }) =>
        place.x < x + width + gap.x &&
        place.x + cardWidth + gap.x > x &&
        place.y < y + height + gap.y &&
        place.y + cardHeight(0) + gap.y > y,
    )
  // Each step ends below a card that was in the way, so no card is in the way twice.
  for (let card = taken(); card; card = taken()) place.y = onGrid(card.y + card.height + gap.y)
  return place
}

function onGrid(value: number): number {
  return Math.ceil(value / 8) * 8
}
