import { useStore, type ReactFlowState } from '@xyflow/react'

/** Zoomed out further than this, a card's text would be less than 3 pixels high. */
const readableZoom = 0.2

/** Whether cards are too far away to be read. They are then drawn as bare shapes: a thousand of them are in view at once,
 *  and their text, handles and icons cost more than everything else of a frame. */
export function useIsFar(): boolean {
  return useStore(isFar)
}

function isFar({ transform: [, , zoom] }: ReactFlowState): boolean {
  return zoom < readableZoom
}
