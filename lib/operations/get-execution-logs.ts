import 'server-only'
import type { Call } from '../contract/endpoint'
import type { BlockLog } from '../contract/execution'
import type { ExecutionLogsQuery, ExecutionParams } from '../contract/executions'
import type { JsonObject } from '../contract/json'
import { readBlockLogs } from '../data/finished-executions'
import { readDocument } from '../data/graphs'
import { readGraphDocument } from '../data/runnable'
import { valueHref } from '../data/stored-values'
import { showBlockLogs } from './show-block-logs'
import { requireExecution } from './show-execution'

/** Reads what each block of an execution did, in the order they started; with `?include=skipped` those that did not run
 *  too. @throws WORKFLOW_NOT_FOUND, NOT_FOUND. */
export async function getExecutionLogs(
  call: Call<ExecutionParams, ExecutionLogsQuery>,
): Promise<{ block_logs: BlockLog[] }> {
  const { id, eid } = call.params
  const { version } = await requireExecution(id, eid)
  const [logs, configs] = await Promise.all([readBlockLogs(eid), readConfigs(id, version)])
  const block_logs = showBlockLogs(logs, {
    configOf: (blockId) => configs.get(blockId),
    href: valueHref(id, eid),
    includesSkipped: call.query.include.includes('skipped'),
  })
  return { block_logs }
}

async function readConfigs(workflowId: string, version: number): Promise<Map<string, JsonObject>> {
  const document = await readGraphDocument(workflowId, version)
  if (document === null) return new Map()
  return new Map(readDocument(document).blocks.map((block) => [block.id, block.config]))
}
