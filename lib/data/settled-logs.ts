import 'server-only'
import type { PoolClient } from 'pg'
import { blockLogColumns, valuesOfLogs, type NewBlockLog } from './block-logs'
import { readBlockLogs, readWhole } from './finished-executions'
import { insertLargeValues } from './large-values'
import { storeValue } from './stored-values'

/** Logs of the blocks of an execution that settled, in that order, values whole: the blocks after them read these. */
export async function readSettledLogs(executionId: string): Promise<NewBlockLog[]> {
  const logs = await readBlockLogs(executionId)
  return Promise.all(logs.map(withWholeValues))
}

/** Writes what an execution knows before it begins, with the execution itself. Values are whole, and become its own. */
export async function insertSettledLogs(
  executionId: string,
  logs: readonly NewBlockLog[],
  client: PoolClient,
): Promise<void> {
  if (logs.length === 0) return
  const rows = await Promise.all(
    logs.map(async (log) => ({
      ...log,
      executionId,
      input: log.input && (await storeValue(log.input.text)),
      output: log.output && (await storeValue(log.output.text)),
    })),
  )
  await insertLargeValues(valuesOfLogs(rows), client)
  await client.query(
    `INSERT INTO block_logs (execution_id, seq, execution_order, block_id, block_type, block_name, status, started_at,
                             duration_ms, queued_ms, retry_wait_ms, attempts, input, output, error, skip_reason,
                             warnings, reused_from)
     SELECT u.execution_id, u.seq, u.execution_order, u.block_id, u.block_type, u.block_name, u.status::"LogStatus",
            u.started_at, u.duration_ms, u.queued_ms, u.retry_wait_ms, u.attempts, u.input, u.output, u.error,
            u.skip_reason, u.warnings, u.reused_from
     FROM unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
                 $9::int[], $10::int[], $11::int[], $12::int[], $13::text[], $14::text[], $15::text[], $16::text[],
                 $17::text[], $18::uuid[])
       AS u(execution_id, seq, execution_order, block_id, block_type, block_name, status, started_at, duration_ms,
            queued_ms, retry_wait_ms, attempts, input, output, error, skip_reason, warnings, reused_from)`,
    // In the runner's place, the execution the data comes from: no process ran these blocks.
    [...blockLogColumns(rows).slice(0, -1), rows.map((row) => row.reusedFrom ?? null)],
  )
}

async function withWholeValues(log: NewBlockLog): Promise<NewBlockLog> {
  return { ...log, input: await wholeValue(log.input), output: await wholeValue(log.output) }
}

async function wholeValue(value: NewBlockLog['input']): Promise<NewBlockLog['input']> {
  if (!value?.text.startsWith('@')) return value
  return { text: JSON.stringify(await readWhole(value.text)), large: null }
}
