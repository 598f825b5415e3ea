import 'server-only'

/** Counts what each caller does. */
export interface RateLimit {
  /** Takes one from the caller's allowance. Returns 0, or the seconds to wait when nothing is left. */
  take(caller: string, nowMs: number): number
}

interface Bucket {
  left: number
  atMs: number
}

/** Allows each caller `perMinute` calls: as many at once, then evenly as time passes (a token bucket).
 *  Callers whose bucket is full again are forgotten. */
export function createRateLimit(perMinute: number): RateLimit {
  const buckets = new Map<string, Bucket>()
  const perMs = perMinute / 60_000
  let nextSweepMs = 0

  function sweep(nowMs: number): void {
    if (nowMs < nextSweepMs) return
    nextSweepMs = nowMs + 60_000
    for (const [caller, bucket] of buckets) if (nowMs - bucket.atMs >= 60_000) buckets.delete(caller)
  }

  return {
    take(caller, nowMs) {
      sweep(nowMs)
      const bucket = buckets.get(caller) ?? { left: perMinute, atMs: nowMs }
      const left = Math.min(perMinute, bucket.left + Math.max(0, nowMs - bucket.atMs) * perMs)
      const isAllowed = left >= 1
      buckets.set(caller, { left: isAllowed ? left - 1 : left, atMs: nowMs })
      return isAllowed ? 0 : Math.max(1, Math.ceil((1 - left) / perMs / 1000))
    },
  }
}
