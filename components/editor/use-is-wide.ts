import { useSyncExternalStore } from 'react'

/** Below this the canvas is for looking at only: there is no room for palette and inspector beside it. */
const query = '(min-width: 1024px)'

export function useIsWide(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', onChange)
      return () => media.removeEventListener('change', onChange)
    },
    () => window.matchMedia(query).matches,
    () => true,
  )
}
