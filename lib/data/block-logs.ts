import 'server-only'
import { cleanText, columns, type Queryable } from './columns'
import { pool } from './database'
import { insertLargeValues, type OwnedValue } from './large-values'
import type { StoredValue } from './stored-values'

/** One settled block, written by the process that runs the execution. `seq` is its place in the order of settling; `input` is null when it equals the saved config. */
export interface NewBlockLog {
  executionId: string
  runnerId: string
  seq: number
  executionOrder: number | null
  blockId: string
  blockType: string
  blockName: string
  status: 'success' | 'error' | 'skipped'
  startedAt: Date | null
  durationMs: number
  queuedMs: number
  retryWaitMs: number
  attempts: number
  input: StoredValue | null
  output: StoredValue | null
  error: string | null
  skipReason: string | null
  warnings: string | null
  /** The execution whose data stands here, for a block that did not run in this one. */
  reusedFrom?: string | null
}

/** Writes block logs in one statement. A log written before (a checkpoint repeated) is left as it is, and so is an
 *  execution that another process has taken over: its logs are that process's to write. */
export async function insertBlockLogs(rows: readonly NewBlockLog[], client: Queryable = pool()): Promise<void> {
  if (rows.length === 0) return
  await insertLargeValues(valuesOfLogs(rows), client)
  await client.query({ name: 'insert-block-logs', text: insertBlockLogsSql, values: blockLogColumns(rows) })
}

/** Inserts block logs given as 18 array parameters, `$1` to `$18`: see `blockLogColumns`. */
export const insertBlockLogsSql = `
  INSERT INTO block_logs (execution_id, seq, execution_order, block_id, block_type, block_name, status, started_at,
                          duration_ms, queued_ms, retry_wait_ms, attempts, input, output, error, skip_reason, warnings)
  SELECT u.execution_id, u.seq, u.execution_order, u.block_id, u.block_type, u.block_name, u.status::"LogStatus",
         u.started_at, u.duration_ms, u.queued_ms, u.retry_wait_ms, u.attempts, u.input, u.output, u.error,
         u.skip_reason, u.warnings
  FROM unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
              $9::int[], $10::int[], $11::int[], $12::int[], $13::text[], $14::text[], $15::text[], $16::text[],
              $17::text[], $18::uuid[])
    AS u(execution_id, seq, execution_order, block_id, block_type, block_name, status, started_at, duration_ms,
         queued_ms, retry_wait_ms, attempts, input, output, error, skip_reason, warnings, runner_id)
  JOIN executions e ON e.id = u.execution_id AND e.runner_id = u.runner_id
  ON CONFLICT DO NOTHING`

/** The parameters of `insertBlockLogsSql`. */
export function blockLogColumns(rows: readonly NewBlockLog[]): unknown[][] {
  return columns(rows, [
    (row) => row.executionId,
    (row) => row.seq,
    (row) => row.executionOrder,
    (row) => cleanText(row.blockId),
    (row) => row.blockType,
    (row) => cleanText(row.blockName),
    (row) => row.status,
    (row) => row.startedAt?.toISOString() ?? null,
    (row) => row.durationMs,
    (row) => row.queuedMs,
    (row) => row.retryWaitMs,
    (row) => row.attempts,
    (row) => row.input?.text ?? null,
    (row) => row.output?.text ?? null,
    (row) => cleanText(row.error),
    (row) => cleanText(row.skipReason),
    (row) => cleanText(row.warnings),
    (row) => row.runnerId,
  ])
}

/** The values of logs, each with its execution. */
export function valuesOfLogs(rows: readonly NewBlockLog[]): OwnedValue[] {
  return rows.flatMap((row) => [
    { executionId: row.executionId, value: row.input },
    { executionId: row.executionId, value: row.output },
  ])
}
