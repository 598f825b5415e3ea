import { z } from 'zod'
import { maxStatsHours } from '../limits'
import type { Endpoint } from './endpoint'
import type { ExecutionStatus } from './execution'

const nothing = z.object({})
const reading = { params: nothing, body: null, maxBodyBytes: 0, status: 200 } as const

/** `GET /api/metrics`: Prometheus text. */
export const metricsEndpoint: Endpoint<object, object, null> = { ...reading, scope: 'admin', query: nothing }

/** `GET /api/openapi.json`: this API, described. */
export const apiDocumentEndpoint: Endpoint<object, object, null> = { ...reading, scope: 'read', query: nothing }

export const statsQuery = z.object({
  hours: z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number of hours')
    .transform(Number)
    .refine((hours) => hours >= 1 && hours <= maxStatsHours, `must be from 1 to ${maxStatsHours}`)
    .default(24),
})
export type StatsQuery = z.infer<typeof statsQuery>

/** `GET /api/stats`: the dashboard's figures. */
export const statsEndpoint: Endpoint<object, StatsQuery, null> = { ...reading, scope: 'read', query: statsQuery }

/** Every count by status, zeros included. */
export type StatusCounts = Record<ExecutionStatus, number>

/** What happened within the last hours. Times are ISO 8601 UTC, durations milliseconds. */
export interface Stats {
  hours: number
  /** From when on the figures are whole: the newest `maxStatsExecutions` are read. */
  since: string
  until: string
  /** False when there were more executions within the hours than were read. */
  is_complete: boolean
  total: number
  by_status: StatusCounts
  /** Completed among those that completed, failed or ran out of time; null when none did. */
  success_rate: number | null
  duration_ms: { p50: number | null; p95: number | null }
  /** Hours with at least one execution, oldest first. */
  hourly: ({ hour: string } & StatusCounts)[]
  slowest: { workflow_id: string; name: string; executions: number; p50_ms: number; p95_ms: number }[]
  most_failing: { workflow_id: string; name: string; executions: number; failed: number }[]
}
