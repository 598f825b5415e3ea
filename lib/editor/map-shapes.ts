import type { DrawnBlock, Drawing } from './draw-graph'

/** A rectangle in canvas units. */
export interface Area {
  x: number
  y: number
  width: number
  height: number
}

/** All blocks of a drawing as a map shows them: for each category one path of bare rectangles, and where they all lie. */
export function mapShapes({ blocks }: Drawing): { paths: Map<DrawnBlock['category'], string>; area: Area | null } {
  const paths = new Map<DrawnBlock['category'], string>()
  for (const { category, x, y, width, height } of blocks)
    paths.set(category, `${paths.get(category) ?? ''}M${x} ${y}h${width}v${height}h${-width}z`)
  return { paths, area: aroundAll(blocks) }
}

/** The smallest rectangle around all of them; null when there are none. */
export function aroundAll(areas: readonly Area[]): Area | null {
  return areas.reduce<Area | null>((all, area) => around(all ?? area, area), null)
}

/** The smallest rectangle around two. */
export function around(a: Area, b: Area): Area {
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  const right = Math.max(a.x + a.width, b.x + b.width)
  const bottom = Math.max(a.y + a.height, b.y + b.height)
  return { x, y, width: right - x, height: bottom - y }
}
