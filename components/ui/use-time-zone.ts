import { useSyncExternalStore } from 'react'

/** The time zone moments are shown in: the browser's own (undefined), UTC in a page the server made until it is there. */
export function useTimeZone(): string | undefined {
  return useSyncExternalStore<string | undefined>(
    () => () => {},
    () => undefined,
    () => 'UTC',
  )
}
