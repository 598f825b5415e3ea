import 'server-only'

/** Keeps what was looked up for a short while. */
export interface ExpiringCache<Value> {
  /** The kept value, else what `load` finds. Null is never kept: what is missing is looked for again. */
  get(key: string, load: () => Promise<Value | null>): Promise<Value | null>
  /** Forgets everything, also what is being loaded at this moment. */
  clear(): void
}

/** A cache of at most `maxEntries`, the oldest leaving first; each entry lives `ttlMs`. */
export function createExpiringCache<Value>(
  maxEntries: number,
  ttlMs: number,
  now: () => number = () => performance.now(),
): ExpiringCache<Value> {
  const entries = new Map<string, { value: Value; untilMs: number }>()
  let generation = 0

  return {
    async get(key, load) {
      const kept = entries.get(key)
      if (kept && now() < kept.untilMs) return kept.value
      entries.delete(key)
      const generationAtLoad = generation
      const value = await load()
      if (value === null || generation !== generationAtLoad) return value
      if (entries.size >= maxEntries) {
        const [oldest] = entries.keys()
        if (oldest !== undefined) entries.delete(oldest)
      }
      entries.set(key, { value, untilMs: now() + ttlMs })
      return value
    },
    clear() {
      generation++
      entries.clear()
    },
  }
}
