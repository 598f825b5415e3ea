import 'server-only'
import type { Call } from '../contract/endpoint'
import type { ExecutionItem } from '../contract/execution'
import type { ExecutionParams } from '../contract/executions'
import type { JsonObject } from '../contract/json'
import { readBlockLogs } from '../data/finished-executions'
import { valueHref } from '../data/stored-values'
import { blockOutputsOf } from './show-block-logs'
import { requireExecution, showExecution } from './show-execution'

/** Reads an execution with the data of every block that ran so far. @throws WORKFLOW_NOT_FOUND, NOT_FOUND. */
export async function getExecution(
  call: Call<ExecutionParams>,
): Promise<ExecutionItem & { block_outputs: JsonObject }> {
  const { id, eid } = call.params
  const row = await requireExecution(id, eid)
  const logs = await readBlockLogs(eid)
  return { ...showExecution(row), block_outputs: blockOutputsOf(logs, valueHref(id, eid)) }
}
