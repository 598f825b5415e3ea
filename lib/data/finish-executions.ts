import 'server-only'
import { blockLogColumns, insertBlockLogsSql, valuesOfLogs, type NewBlockLog } from './block-logs'
import { cleanText, columns, type Queryable } from './columns'
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

/** One statement, hence one round trip and one commit: this is the end of every execution. */
const finishSql = `
  WITH logs AS (${insertBlockLogsSql})
  UPDATE executions e
  SET status = u.status::"ExecutionStatus", output = u.output, error = u.error, error_code = u.error_code,
      failed_block = u.failed_block, response = u.response, completed_at = greatest(u.completed_at, e.started_at)
  FROM unnest($19::uuid[], $20::uuid[], $21::text[], $22::text[], $23::text[], $24::text[], $25::text[], $26::text[],
              $27::timestamptz[])
    AS u(id, runner_id, status, output, error, error_code, failed_block, response, completed_at)
  WHERE e.id = u.id AND e.runner_id = u.runner_id
    AND (e.status IN ('queued', 'running')
      OR (e.status::text = u.status AND e.completed_at = greatest(u.completed_at, e.started_at)))
  RETURNING e.id`

async function writeEnds(
  rows: readonly FinishedRow[],
  logs: readonly NewBlockLog[],
  client: Queryable,
): Promise<Set<string>> {
  const ends = columns(rows, [
    (row) => row.id,
    (row) => row.runnerId,
    (row) => row.status,
    (row) => row.output?.text ?? null,
    (row) => cleanText(row.error),
    (row) => row.errorCode,
    (row) => cleanText(row.failedBlock),
    (row) => cleanText(row.response),
    (row) => row.completedAt.toISOString(),
  ])
  const values = [...blockLogColumns(logs), ...ends]
  const result = await client.query<{ id: string }>({ name: 'finish-executions', text: finishSql, values })
  return new Set(result.rows.map((row) => row.id))
}
