import { useStore, type ReactFlowState } from '@xyflow/react'
import { createContext, useContext } from 'react'

/** Zoomed out further than this, a card's text would be less than 3 pixels high. */
const readableZoom = 0.2

/** Whether the canvas is zoomed out too far for cards to be read. */
export function useIsZoomedOut(): boolean {
  return useStore(isZoomedOut)
}

/** What `useIsFar` answers below it. Each card that asked xyflow by itself would be asked again with every move of the
 *  view, and a thousand of them cost more than everything else of a frame. */
export const IsFar = createContext(false)

/** Whether cards are too far away to be read. They are then drawn as bare shapes: a thousand of them are in view at once,
 *  and so do their text, handles and icons cost too much. */
export function useIsFar(): boolean {
  return useContext(IsFar)
}

function isZoomedOut({ transform: [, , zoom] }: ReactFlowState): boolean {
  return zoom < readableZoom
}
