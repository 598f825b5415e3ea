import 'server-only'
import { arraysOf, cleanText, namesOf, picksOf, repeatable, unnestOf, type Column, type Queryable } from './columns'
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
  await client.query({ name: 'insert-block-logs', text: insertOwnLogsSql, values: ownLogArrays(rows) })
}

const logColumns: readonly Column<NewBlockLog>[] = [
  { name: 'execution_id', type: 'uuid', of: (row) => row.executionId },
  { name: 'seq', type: 'int', of: (row) => row.seq },
  { name: 'execution_order', type: 'int', of: (row) => row.executionOrder },
  { name: 'block_id', type: 'text', of: (row) => cleanText(row.blockId) },
  { name: 'block_type', type: 'text', of: (row) => row.blockType },
  { name: 'block_name', type: 'text', of: (row) => cleanText(row.blockName) },
  { name: 'status', type: 'text', enum: 'LogStatus', of: (row) => row.status },
  { name: 'started_at', type: 'timestamptz', of: (row) => row.startedAt?.toISOString() ?? null },
  { name: 'duration_ms', type: 'int', of: (row) => row.durationMs },
  { name: 'queued_ms', type: 'int', of: (row) => row.queuedMs },
  { name: 'retry_wait_ms', type: 'int', of: (row) => row.retryWaitMs },
  { name: 'attempts', type: 'int', of: (row) => row.attempts },
  { name: 'input', type: 'text', of: (row) => row.input?.text ?? null },
  { name: 'output', type: 'text', of: (row) => row.output?.text ?? null },
  { name: 'error', type: 'text', of: (row) => cleanText(row.error) },
  { name: 'skip_reason', type: 'text', of: (row) => cleanText(row.skipReason) },
  { name: 'warnings', type: 'text', of: (row) => cleanText(row.warnings) },
  { name: 'reused_from', type: 'uuid', of: (row) => row.reusedFrom ?? null },
]
const ownLogColumns: readonly Column<NewBlockLog>[] = [
  ...logColumns,
  { name: 'runner_id', type: 'uuid', of: (row) => row.runnerId },
]

const insertSql = `INSERT INTO block_logs (${namesOf(logColumns)}) SELECT ${picksOf(logColumns)}`

/** Inserts logs of executions that are still their runner's, given as `ownLogArrays`. */
export const insertOwnLogsSql = `
  ${insertSql} FROM ${unnestOf(ownLogColumns)} JOIN executions e ON e.id = u.execution_id AND e.runner_id = u.runner_id
  ${repeatable}`

/** The parameters of `insertOwnLogsSql`. */
export function ownLogArrays(rows: readonly NewBlockLog[]): unknown[][] {
  return arraysOf(rows, ownLogColumns)
}

/** Inserts logs of executions that are written in the same transaction, given as `logArrays`. */
export const insertLogsSql = `${insertSql} FROM ${unnestOf(logColumns)}`

/** The parameters of `insertLogsSql`. */
export function logArrays(rows: readonly NewBlockLog[]): unknown[][] {
  return arraysOf(rows, logColumns)
}

/** The values of logs, each with its execution. */
export function valuesOfLogs(rows: readonly NewBlockLog[]): OwnedValue[] {
  return rows.flatMap((row) => [
    { executionId: row.executionId, value: row.input },
    { executionId: row.executionId, value: row.output },
  ])
}
