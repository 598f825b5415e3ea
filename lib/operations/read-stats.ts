import 'server-only'
import type { Call } from '../contract/endpoint'
import type { Stats, StatsQuery } from '../contract/observation'
import { readStats } from '../data/stats'
import { maxStatsExecutions, statsCacheMs } from '../limits'

/** Makes the operation that reads the dashboard's figures. Dashboards ask again and again: what was read within
 *  `statsCacheMs` is answered again. */
export function createStatsReader(
  now: () => number = Date.now,
  maxExecutions = maxStatsExecutions,
): (call: Call<object, StatsQuery, null>) => Promise<Stats> {
  const answers = new Map<number, { at: number; stats: Promise<Stats> }>()
  return ({ query: { hours } }) => {
    const known = answers.get(hours)
    if (known && now() - known.at < statsCacheMs) return known.stats
    const stats = readNow(hours, now(), maxExecutions)
    answers.set(hours, { at: now(), stats })
    // A failure is told to whoever asked, and not kept.
    stats.catch(() => answers.delete(hours))
    return stats
  }
}

async function readNow(hours: number, nowMs: number, maxExecutions: number): Promise<Stats> {
  const since = new Date(nowMs - hours * 60 * 60 * 1000)
  const { oldest, ...figures } = await readStats(since, maxExecutions)
  const from = figures.is_complete ? since : (oldest ?? since)
  return { hours, since: from.toISOString(), until: new Date(nowMs).toISOString(), ...figures }
}
