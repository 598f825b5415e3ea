import 'server-only'
import { pool } from './database'
import type { NewBlockLog } from './block-logs'
import { expandValue, largeValueId, type StoredValue } from './stored-values'
import type { ExecutionStatus, ResponseShape } from '../contract/execution'
import type { Json } from '../contract/json'

/** An execution read back from the database, whole. */
export interface RecordedExecution {
  id: string
  workflowId: string
  version: number
  status: ExecutionStatus
  output: Json
  error: string | null
  errorCode: string | null
  failedBlock: string | null
  response: ResponseShape | null
  logs: NewBlockLog[]
}

interface ExecutionRow {
  id: string
  workflow_id: string
  version: number
  status: ExecutionStatus
  output: string | null
  error: string | null
  error_code: string | null
  failed_block: string | null
  response: string | null
}

interface LogRow {
  seq: number
  execution_order: number | null
  block_id: string
  block_type: string
  block_name: string
  status: NewBlockLog['status']
  started_at: Date | null
  duration_ms: number
  queued_ms: number
  retry_wait_ms: number
  attempts: number
  input: string | null
  output: string | null
  error: string | null
  skip_reason: string | null
  warnings: string | null
  reused_from: string | null
}

/** Reads an execution with its logs, in the order they settled. Null when it is unknown. */
export async function readExecution(executionId: string): Promise<RecordedExecution | null> {
  const [found, logs] = await Promise.all([
    pool().query<ExecutionRow>(
      `SELECT id, workflow_id, version, status, output, error, error_code, failed_block, response
       FROM executions WHERE id = $1`,
      [executionId],
    ),
    readBlockLogs(executionId),
  ])
  const [row] = found.rows
  if (!row) return null
  return {
    id: row.id,
    workflowId: row.workflow_id,
    version: row.version,
    status: row.status,
    output: await readWhole(row.output),
    error: row.error,
    errorCode: row.error_code,
    failedBlock: row.failed_block,
    // Written by this code from a ResponseShape.
    response: row.response === null ? null : (JSON.parse(row.response) as ResponseShape),
    logs,
  }
}

/** Reads the block logs of an execution in the order they settled. */
export async function readBlockLogs(executionId: string): Promise<NewBlockLog[]> {
  const result = await pool().query<LogRow>(
    `SELECT seq, execution_order, block_id, block_type, block_name, status, started_at, duration_ms, queued_ms,
            retry_wait_ms, attempts, input, output, error, skip_reason, warnings,
            reused_from
     FROM block_logs WHERE execution_id = $1 ORDER BY seq`,
    [executionId],
  )
  return result.rows.map((row) => ({
    executionId,
    runnerId: '',
    seq: row.seq,
    executionOrder: row.execution_order,
    blockId: row.block_id,
    blockType: row.block_type,
    blockName: row.block_name,
    status: row.status,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    queuedMs: row.queued_ms,
    retryWaitMs: row.retry_wait_ms,
    attempts: row.attempts,
    input: inRow(row.input),
    output: inRow(row.output),
    error: row.error,
    skipReason: row.skip_reason,
    warnings: row.warnings,
    reusedFrom: row.reused_from,
  }))
}

/** Reads a stored text whole, from its own table when it is a large one. */
export async function readWhole(text: string | null): Promise<Json> {
  const id = largeValueId(text)
  if (id === null) return text === null ? null : (JSON.parse(text) as Json)
  const result = await pool().query<{ compressed: Buffer }>('SELECT compressed FROM large_values WHERE id = $1', [id])
  const [row] = result.rows
  // Written by this code from JSON.stringify.
  return row ? (JSON.parse(await expandValue(row.compressed)) as Json) : null
}

function inRow(text: string | null): StoredValue | null {
  return text === null ? null : { text, large: null }
}
