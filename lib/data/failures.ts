import 'server-only'
import type { ExecutionStatus, Trigger } from '../contract/execution'
import { shownFailures } from '../limits'
import { pool } from './database'

/** An execution that did not complete, in short. */
export interface FailureRow {
  id: string
  status: ExecutionStatus
  trigger: Trigger
  version: number
  error: string | null
  failed_block: string | null
  created_at: Date
}

/** The newest executions of a workflow that failed or ran out of time. */
export async function readFailures(workflowId: string): Promise<FailureRow[]> {
  const { rows } = await pool().query<FailureRow>(
    `SELECT id, status, trigger, version, error, failed_block, created_at FROM executions
     WHERE workflow_id = $1 AND status IN ('failed', 'timed_out') ORDER BY created_at DESC, id DESC LIMIT $2`,
    [workflowId, shownFailures],
  )
  return rows
}
