import 'server-only'
import type { ExecutionStatus, Trigger } from '../contract/execution'
import { pool } from './database'

/** An execution as it stands in its row. `input` and `output` are stored texts (see `showStored`). */
export interface ExecutionRow {
  id: string
  workflow_id: string
  status: ExecutionStatus
  trigger: Trigger
  version: number
  origin_id: string | null
  input: string | null
  output: string | null
  error: string | null
  error_code: string | null
  created_at: Date
  started_at: Date | null
  completed_at: Date | null
  is_kept: boolean
}

/** The columns of an `ExecutionRow`. */
export const executionColumns = `id, workflow_id, status, trigger, version, origin_id, input, output, error, error_code, created_at, started_at,
  completed_at, is_kept`

/** One execution of a workflow, or null when it has none of that id. */
export async function readExecutionRow(workflowId: string, executionId: string): Promise<ExecutionRow | null> {
  const { rows } = await pool().query<ExecutionRow>(
    `SELECT ${executionColumns} FROM executions WHERE id = $1 AND workflow_id = $2`,
    [executionId, workflowId],
  )
  return rows[0] ?? null
}

/** A value stored apart from its row, compressed; null when that execution of that workflow has none of that id. */
export async function readLargeValue(place: {
  workflowId: string
  executionId: string
  valueId: string
}): Promise<Buffer | null> {
  const { rows } = await pool().query<{ compressed: Buffer }>(
    `SELECT v.compressed FROM large_values v JOIN executions e ON e.id = v.execution_id
     WHERE v.id = $1 AND e.id = $2 AND e.workflow_id = $3`,
    [place.valueId, place.executionId, place.workflowId],
  )
  return rows[0]?.compressed ?? null
}
