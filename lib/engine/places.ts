import 'server-only'
import { createSlots, type Slots } from './slots'

/** Where an execution that its caller waits for needs a place, and how many there are. */
export interface Place {
  key: string
  count: number
}

/** Bounded places under many keys: the process, a workflow, a webhook. */
export interface Places {
  /** Takes one place under each key, or none: resolves to a function that gives them back, or to the key that stayed
   *  full for `maxWaitMs` (milliseconds, over all keys together). */
  take(wanted: readonly Place[], maxWaitMs: number): Promise<(() => void) | Place>
}

/** Makes places as they are asked for, and forgets keys that nobody uses. */
export function createPlaces(): Places {
  const slots = new Map<string, { slots: Slots; users: number }>()

  function enter({ key, count }: Place): Slots {
    const entry = slots.get(key) ?? { slots: createSlots(count), users: 0 }
    entry.users++
    slots.set(key, entry)
    return entry.slots
  }

  function leave(key: string): void {
    const entry = slots.get(key)
    if (entry && --entry.users === 0) slots.delete(key)
  }

  return {
    async take(wanted, maxWaitMs) {
      const deadlineMs = performance.now() + maxWaitMs
      const taken: (() => void)[] = []
      const giveBack = () => {
        for (const give of taken.splice(0).reverse()) give()
      }
      for (const place of wanted) {
        const own = enter(place)
        if (!(await own.take(Math.max(0, deadlineMs - performance.now())))) {
          leave(place.key)
          giveBack()
          return place
        }
        taken.push(() => {
          own.give()
          leave(place.key)
        })
      }
      return giveBack
    },
  }
}
