import 'server-only'

/** A bounded number of places, handed out first come, first served. */
export interface Slots {
  /** Waits for a place. Resolves to false when none came free within `maxWaitMs` (milliseconds). */
  take(maxWaitMs: number): Promise<boolean>
  give(): void
}

/** Makes `count` places. */
export function createSlots(count: number): Slots {
  let free = count
  const waiting = new Set<() => void>()
  return {
    take(maxWaitMs) {
      if (free > 0) {
        free--
        return Promise.resolve(true)
      }
      return new Promise((resolve) => {
        const onFree = () => {
          clearTimeout(timer)
          resolve(true)
        }
        const timer = setTimeout(
          () => {
            waiting.delete(onFree)
            resolve(false)
          },
          Math.min(maxWaitMs, maxTimerMs),
        )
        waiting.add(onFree)
      })
    },
    give() {
      const [first] = waiting
      if (!first) free++
      else {
        waiting.delete(first)
        first()
      }
    },
  }
}

/** Node fires longer timers at once. */
const maxTimerMs = 2 ** 31 - 1
