import 'server-only'
import type { PoolClient } from 'pg'
import { insertLogsSql, logArrays, valuesOfLogs, type NewBlockLog } from './block-logs'
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
  await client.query(insertLogsSql, logArrays(rows))
}

async function withWholeValues(log: NewBlockLog): Promise<NewBlockLog> {
  return { ...log, input: await wholeValue(log.input), output: await wholeValue(log.output) }
}

async function wholeValue(value: NewBlockLog['input']): Promise<NewBlockLog['input']> {
  if (!value?.text.startsWith('@')) return value
  return { text: JSON.stringify(await readWhole(value.text)), large: null }
}
