import 'server-only'
import { showBlockLogs } from './show-block-logs'
import { requireExecution, showExecution } from './show-execution'
import { catalog } from '../blocks/catalog'
import type { Json, JsonObject } from '../contract/json'
import { readBlockLogs } from '../data/finished-executions'
import { readFailures } from '../data/failures'
import { readDocument } from '../data/graphs'
import { readGraphDocument } from '../data/runnable'
import { valueHref } from '../data/stored-values'
import { hideConfig } from '../graph/hide-values'
import { isJsonObject } from '../contract/json'

/** The newest executions of a workflow that did not complete, as the copilot reads them. */
export async function describeFailures(workflowId: string): Promise<Json> {
  return (await readFailures(workflowId)).map(({ created_at, ...row }) => ({
    ...row,
    created_at: created_at.toISOString(),
  }))
}

/** An execution block by block, credentials in its configs hidden. @throws WORKFLOW_NOT_FOUND, NOT_FOUND. */
export async function describeExecution(workflowId: string, executionId: string): Promise<Json> {
  const row = await requireExecution(workflowId, executionId)
  const [logs, document] = await Promise.all([readBlockLogs(executionId), readGraphDocument(workflowId, row.version)])
  const blocks = document === null ? [] : readDocument(document).blocks
  const configs = new Map(blocks.map((block) => [block.id, block.config]))
  const shown = showBlockLogs(logs, {
    configOf: (blockId) => configs.get(blockId),
    href: valueHref(workflowId, executionId),
    includesSkipped: true,
  })
  const { id, status, trigger, version, input, output, error, created_at } = showExecution(row)
  return {
    ...{ id, status, trigger, version, created_at, input, output, error },
    blocks: shown.map((log) => ({
      id: log.block_id,
      type: log.block_type,
      name: log.block_name,
      status: log.status,
      resolved_config: isJsonObject(log.input) ? hidden(log.input, log.block_type) : log.input,
      data: log.output,
      error: log.error,
      skip_reason: log.skip_reason,
      attempts: log.attempts,
      warnings: log.warnings,
    })),
  }
}

function hidden(config: JsonObject, type: string): JsonObject {
  return hideConfig(config, catalog.get(type)).config
}
