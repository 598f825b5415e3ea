import 'server-only'
import { insertOwnLogsSql, ownLogArrays, valuesOfLogs, type NewBlockLog } from './block-logs'
import { arraysOf, cleanText, unnestOf, type Column, type Queryable } from './columns'
import { pool, transaction } from './database'
import { holdsLargeValue, insertLargeValues } from './large-values'
import type { StoredValue } from './stored-values'
import type { ExecutionStatus } from '../contract/execution'

/** How an execution ended. `response` is JSON text of the answer's shape. */
export interface FinishedRow {
  id: string
  runnerId: string
  status: ExecutionStatus
  output: StoredValue | null
  error: string | null
  errorCode: string | null
  failedBlock: string | null
  response: string | null
  completedAt: Date
}

/** Ends executions and writes the logs still missing, together or not at all. Returns the ids that were still their
 *  runner's and unfinished: the others were ended by someone else (a cancel, a reaper) and stay as they are. The same
 *  end may be written again, by a caller who could not hear that the first time worked. */
export async function finishExecutions(
  rows: readonly FinishedRow[],
  logs: readonly NewBlockLog[] = [],
): Promise<Set<string>> {
  const values = [...valuesOfLogs(logs), ...rows.map((row) => ({ executionId: row.id, value: row.output }))]
  if (!holdsLargeValue(values)) return writeEnds(rows, logs, pool())
  return transaction(async (client) => {
    await insertLargeValues(values, client)
    return writeEnds(rows, logs, client)
  })
}

/** What an end adds to an execution. */
export const endColumns: readonly Column<Omit<FinishedRow, 'id' | 'runnerId'>>[] = [
  { name: 'status', type: 'text', enum: 'ExecutionStatus', of: (row) => row.status },
  { name: 'output', type: 'text', of: (row) => row.output?.text ?? null },
  { name: 'error', type: 'text', of: (row) => cleanText(row.error) },
  { name: 'error_code', type: 'text', of: (row) => row.errorCode },
  { name: 'failed_block', type: 'text', of: (row) => cleanText(row.failedBlock) },
  { name: 'response', type: 'text', of: (row) => cleanText(row.response) },
  { name: 'completed_at', type: 'timestamptz', of: (row) => row.completedAt.toISOString() },
]
const finishColumns: readonly Column<FinishedRow>[] = [
  { name: 'id', type: 'uuid', of: (row) => row.id },
  { name: 'runner_id', type: 'uuid', of: (row) => row.runnerId },
  ...endColumns,
]

/** One statement, hence one round trip and one commit. */
const finishSql = `
  WITH logs AS (${insertOwnLogsSql})
  UPDATE executions e
  SET status = u.status::"ExecutionStatus", output = u.output, error = u.error, error_code = u.error_code,
      failed_block = u.failed_block, response = u.response, completed_at = greatest(u.completed_at, e.started_at)
  FROM ${unnestOf(finishColumns, ownLogArrays([]).length + 1)}
  WHERE e.id = u.id AND e.runner_id = u.runner_id
    AND (e.status IN ('queued', 'running')
      OR (e.status::text = u.status AND e.completed_at = greatest(u.completed_at, e.started_at)))
  RETURNING e.id`

async function writeEnds(
  rows: readonly FinishedRow[],
  logs: readonly NewBlockLog[],
  client: Queryable,
): Promise<Set<string>> {
  const values = [...ownLogArrays(logs), ...arraysOf(rows, finishColumns)]
  const result = await client.query<{ id: string }>({ name: 'finish-executions', text: finishSql, values })
  return new Set(result.rows.map((row) => row.id))
}
