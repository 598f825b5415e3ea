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

/** The view moved just as far as it takes to show all of an area, and to have nothing that lies over the pane cover it;
 *  never zoomed. `covers` are in pixels of the pane. What does not fit shows where it begins. Null where nothing has to
 *  move. */
export function panToShow(view: View, area: Area, pane: PaneSize & { covers?: readonly Area[] }): View | null {
  const { left, top, width, height } = onPane(view, area)
  const x = wayIn(left, width, pane.width)
  const y = wayIn(top, height, pane.height)
  const shown = { x: left + x, y: top + y, width, height }
  const cover = pane.covers?.find((one) => overlaps(shown, one))
  const way = cover ? wayOut(shown, cover, pane) : still
  const [byX, byY] = [x + way.x, y + way.y]
  return byX === 0 && byY === 0 ? null : { x: view.x + byX, y: view.y + byY, zoom: view.zoom }
}

const still = { x: 0, y: 0 }

/** The part of the canvas that is in view, in its units. */
export function areaInView({ x, y, zoom }: View, pane: PaneSize): Area {
  return { x: -x / zoom, y: -y / zoom, width: pane.width / zoom, height: pane.height / zoom }
}

/** Whether some of an area is in view. */
export function isSeen(view: View, area: Area, pane: PaneSize): boolean {
  const { left, top, width, height } = onPane(view, area)
  return left < pane.width && left + width > 0 && top < pane.height && top + height > 0
}

/** Whether all of an area is in view. */
export function isAllSeen(view: View, area: Area, pane: PaneSize): boolean {
  const { left, top, width, height } = onPane(view, area)
  return left >= 0 && top >= 0 && left + width <= pane.width && top + height <= pane.height
}

function onPane({ x, y, zoom }: View, area: Area) {
  return { left: x + area.x * zoom, top: y + area.y * zoom, width: area.width * zoom, height: area.height * zoom }
}

function overlaps(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && a.x + a.width > b.x && a.y < b.y + b.height && a.y + a.height > b.y
}

/** The shortest way out from under what covers it that leaves all of it in the pane; none where there is no such way. */
function wayOut(shown: Area, cover: Area, { width, height }: PaneSize): { x: number; y: number } {
  const ways = [
    { x: 0, y: cover.y - margin - shown.height - shown.y },
    { x: cover.x - margin - shown.width - shown.x, y: 0 },
    { x: cover.x + cover.width + margin - shown.x, y: 0 },
  ].filter(({ x, y }) => {
    const [left, top] = [shown.x + x, shown.y + y]
    return left >= 0 && top >= 0 && left + shown.width <= width && top + shown.height <= height
  })
  return ways.sort((a, b) => Math.abs(a.x + a.y) - Math.abs(b.x + b.y))[0] ?? still
}

/** How far a stretch has to move to lie within a room. */
function wayIn(start: number, length: number, room: number): number {
  const end = start + length
  if (start >= 0 && end <= room) return 0
  const toStart = margin - start
  const toEnd = room - margin - end
  return start < 0 ? toStart : Math.max(toStart, toEnd)
}
