import 'server-only'
import { pool } from './database'
import { firstUuidV7At } from './uuid-v7'
import { executionStatuses, type ExecutionStatus } from '../contract/execution'
import type { Stats, StatusCounts } from '../contract/observation'

interface Row {
  total: number
  oldest: Date | null
  p50: number | null
  p95: number | null
  hourly: { hour: string; status: ExecutionStatus; count: number }[] | null
  slowest: Stats['slowest'] | null
  most_failing: Stats['most_failing'] | null
}

/** Reads the figures of the executions created since a time, of the newest `maxRows` of them. One walk along the primary
 *  key, whose order is that of time: what it costs depends on `maxRows`, not on how long the history is. */
export async function readStats(
  since: Date,
  maxRows: number,
): Promise<Omit<Stats, 'hours' | 'since' | 'until'> & { oldest: Date | null }> {
  const { rows } = await pool().query<Row>(statsSql, [firstUuidV7At(since.getTime()), maxRows])
  const [row] = rows
  const hourly = hoursOf(row?.hourly ?? [])
  const byStatus = noCounts()
  for (const hour of hourly) for (const status of executionStatuses) byStatus[status] += hour[status]
  const judged = byStatus.completed + byStatus.failed + byStatus.timed_out
  return {
    oldest: row?.oldest ?? null,
    is_complete: (row?.total ?? 0) < maxRows,
    total: row?.total ?? 0,
    by_status: byStatus,
    success_rate: judged === 0 ? null : byStatus.completed / judged,
    duration_ms: { p50: row?.p50 ?? null, p95: row?.p95 ?? null },
    hourly,
    slowest: row?.slowest ?? [],
    most_failing: row?.most_failing ?? [],
  }
}

const shownWorkflows = 5

const statsSql = `
  WITH recent AS MATERIALIZED (
    SELECT workflow_id, status, created_at,
           CASE WHEN status IN ('completed', 'failed', 'timed_out')
                THEN extract(epoch FROM completed_at - coalesce(started_at, created_at)) * 1000 END AS ms
    FROM executions WHERE id >= $1 ORDER BY id DESC LIMIT $2
  ), hourly AS (
    SELECT to_char(date_trunc('hour', created_at AT TIME ZONE 'UTC'), 'YYYY-MM-DD"T"HH24:00:00"Z"') AS hour, status,
           count(*)::int AS count
    FROM recent GROUP BY 1, 2
  ), by_workflow AS (
    SELECT workflow_id, count(ms)::int AS executions, count(*) FILTER (WHERE status IN ('failed', 'timed_out'))::int AS failed,
           percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY ms) AS ms
    FROM recent GROUP BY workflow_id
  ), slowest AS (
    SELECT b.workflow_id, w.name, b.executions, round(b.ms[1])::int AS p50_ms, round(b.ms[2])::int AS p95_ms
    FROM by_workflow b JOIN workflows w ON w.id = b.workflow_id
    WHERE b.executions > 0 ORDER BY b.ms[2] DESC, b.workflow_id LIMIT ${shownWorkflows}
  ), most_failing AS (
    SELECT b.workflow_id, w.name, b.executions, b.failed
    FROM by_workflow b JOIN workflows w ON w.id = b.workflow_id
    WHERE b.failed > 0 ORDER BY b.failed DESC, b.workflow_id LIMIT ${shownWorkflows}
  )
  SELECT (SELECT count(*)::int FROM recent) AS total,
         (SELECT min(created_at) FROM recent) AS oldest,
         (SELECT round(percentile_disc(0.5) WITHIN GROUP (ORDER BY ms))::int FROM recent) AS p50,
         (SELECT round(percentile_disc(0.95) WITHIN GROUP (ORDER BY ms))::int FROM recent) AS p95,
         (SELECT json_agg(hourly ORDER BY hour) FROM hourly) AS hourly,
         (SELECT json_agg(slowest) FROM slowest) AS slowest,
         (SELECT json_agg(most_failing) FROM most_failing) AS most_failing`

function hoursOf(counts: NonNullable<Row['hourly']>): Stats['hourly'] {
  const hours = new Map<string, Stats['hourly'][number]>()
  for (const { hour, status, count } of counts) {
    const entry = hours.get(hour) ?? { hour, ...noCounts() }
    entry[status] = count
    hours.set(hour, entry)
  }
  return [...hours.values()]
}

function noCounts(): StatusCounts {
  return { queued: 0, running: 0, completed: 0, failed: 0, cancelled: 0, timed_out: 0 }
}
