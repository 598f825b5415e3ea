/** A dot in a colour somebody chose; nothing where there is none. It only decorates: the name stands beside it. */
export function ColorDot({ color }: { color: string | null }) {
  if (color === null || color === '') return null
  return <span aria-hidden className="size-2.5 shrink-0 rounded-full" style={{ backgroundColor: color }} />
}
