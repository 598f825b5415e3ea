import { cardWidth } from './card-size'
import type { Editor } from './editor'
import { blockIndex } from './graph-index'

interface Place {
  x: number
  y: number
}

const besideGap = 96
const stepDown = 96

/** A place right of a block, else `instead`, clear of every card there is. */
export function freePlace(editor: Editor, { beside, instead }: { beside: string | undefined; instead: Place }): Place {
  const { current } = editor.store.getState().graph
  const anchor = beside === undefined ? undefined : blockIndex(current).get(beside)?.position
  const place = anchor ? { x: anchor.x + cardWidth + besideGap, y: anchor.y } : { ...instead }
  const isTaken = () =>
    current.blocks.some(
      ({ position: { x, y } }) => Math.abs(x - place.x) < cardWidth + 16 && Math.abs(y - place.y) < stepDown,
    )
  while (isTaken()) place.y += stepDown
  return place
}
