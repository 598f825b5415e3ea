import 'server-only'
import type { ExecutionStatus } from '../contract/execution'
import { recentExecutionsShown } from '../limits'
import { pool } from './database'

/** What a list shows of a workflow beyond its own row. */
export interface WorkflowOverview {
  hasWebhook: boolean
  /** The newest executions, newest first. */
  recent: { status: ExecutionStatus; at: Date; durationMs: number | null }[]
  /** A call would be let in by arming now. */
  isArmed: boolean
}

/** Overviews of the given workflows by id. One index probe each; no graph is read. */
export async function readWorkflowOverviews(workflowIds: readonly string[]): Promise<Map<string, WorkflowOverview>> {
  const { rows } = await pool().query<{ id: string; has_webhook: boolean; recent: RecentRow[]; is_armed: boolean }>(
    `SELECT w.id,
            EXISTS (SELECT FROM webhook_endpoints p WHERE p.workflow_id = w.id) AS has_webhook,
            ARRAY(SELECT json_build_object('status', status, 'at', created_at, 'duration',
                         extract(epoch FROM completed_at - coalesce(started_at, created_at)) * 1000)
                  FROM executions WHERE workflow_id = w.id
                  ORDER BY created_at DESC, id DESC LIMIT ${recentExecutionsShown}) AS recent,
            coalesce(w.state = 'internal' AND w.armed_until >= now(), false) AS is_armed
     FROM workflows w
     WHERE w.id = ANY($1::uuid[])`,
    [workflowIds],
  )
  return new Map(
    rows.map((row) => {
      const recent = row.recent.map(({ status, at, duration }) => ({
        status,
        at: new Date(at),
        durationMs: duration === null ? null : Math.max(0, Math.round(duration)),
      }))
      return [row.id, { hasWebhook: row.has_webhook, recent, isArmed: row.is_armed }]
    }),
  )
}

interface RecentRow {
  status: ExecutionStatus
  at: string
  duration: number | null
}
