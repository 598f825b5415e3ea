import type { Area } from './map-shapes'

/** How the canvas is looked at: canvas units times `zoom`, moved by `x` and `y`, are pixels of its pane. */
export interface View {
  x: number
  y: number
  zoom: number
}

/** Of the canvas' pane, in pixels. */
export interface PaneSize {
  width: number
  height: number
}

/** Free pixels that are left beside what is brought into view: enough for the status under a card. */
const margin = 24

/** The view after its pane has changed its size: moved just as far as it takes to show all of an area that was seen
 *  before, never zoomed. What does not fit shows where it begins. Null where nothing has to move: all of the area is in
 *  view, or none of it was. */
export function panToShow(view: View, area: Area, { from, to }: { from: PaneSize; to: PaneSize }): View | null {
  if (!isSeen(view, area, from)) return null
  const { left, top, width, height } = onPane(view, area)
  const x = wayIn(left, width, to.width)
  const y = wayIn(top, height, to.height)
  return x === 0 && y === 0 ? null : { x: view.x + x, y: view.y + y, zoom: view.zoom }
}

/** Whether some of an area is in view. */
export function isSeen(view: View, area: Area, pane: PaneSize): boolean {
  const { left, top, width, height } = onPane(view, area)
  return left < pane.width && left + width > 0 && top < pane.height && top + height > 0
}

function onPane({ x, y, zoom }: View, area: Area) {
  return { left: x + area.x * zoom, top: y + area.y * zoom, width: area.width * zoom, height: area.height * zoom }
}

/** How far a stretch has to move to lie within a room. */
function wayIn(start: number, length: number, room: number): number {
  const end = start + length
  if (start >= 0 && end <= room) return 0
  const toStart = margin - start
  const toEnd = room - margin - end
  return start < 0 ? toStart : Math.max(toStart, toEnd)
}
