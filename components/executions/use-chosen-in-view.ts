import { useEffect, useRef, type RefObject } from 'react'

/** Keeps the chosen line (a pressed button) of a list that scrolls below a sticky header in view. The page itself is
 *  never scrolled. */
export function useChosenInView(chosen: string | null): RefObject<HTMLElement | null> {
  const list = useRef<HTMLElement>(null)
  useEffect(() => {
    const line = list.current?.querySelector('[aria-pressed="true"]')
    if (!list.current || !line) return
    const [box, { top, bottom }] = [list.current.getBoundingClientRect(), line.getBoundingClientRect()]
    const header = list.current.firstElementChild?.clientHeight ?? 0
    if (bottom > box.bottom) list.current.scrollTop += bottom - box.bottom
    else if (top < box.top + header) list.current.scrollTop -= box.top + header - top
  }, [chosen])
  return list
}
