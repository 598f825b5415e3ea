import 'server-only'

/** Counts attempts that may be guesses. */
export interface Attempts {
  /** Counts one attempt. Returns 0, or the seconds to wait when this minute's are used up. */
  take(who: string): number
  /** Takes back what this minute counted for `who`: the last attempt was no guess. */
  forgive(who: string): void
}

/** Allows `perMinute` attempts in each minute that begins with the first one. */
export function createAttempts(perMinute: number, now: () => number = () => performance.now()): Attempts {
  const windows = new Map<string, { count: number; untilMs: number }>()
  let nextSweepMs = 0

  function sweep(nowMs: number): void {
    if (nowMs < nextSweepMs) return
    nextSweepMs = nowMs + 60_000
    for (const [who, window] of windows) if (window.untilMs <= nowMs) windows.delete(who)
  }

  return {
    take(who) {
      const nowMs = now()
      sweep(nowMs)
      let window = windows.get(who)
      if (!window || window.untilMs <= nowMs) windows.set(who, (window = { count: 0, untilMs: nowMs + 60_000 }))
      if (window.count >= perMinute) return Math.max(1, Math.ceil((window.untilMs - nowMs) / 1000))
      window.count++
      return 0
    },
    forgive(who) {
      windows.delete(who)
    },
  }
}
