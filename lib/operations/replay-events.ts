import 'server-only'
import { showStored, valueHref } from '../data/stored-values'
import type { EventFrame } from './watch-execution'
import type { BlockData, ExecutionEvent } from '../contract/execution'
import { isJsonObject } from '../contract/json'
import type { NewBlockLog } from '../data/block-logs'
import type { RecordedExecution } from '../data/finished-executions'

/** Retells an execution's events from its logs, in the order the blocks settled, for a watcher who comes after the end.
 *  An execution that runs elsewhere is told as far as its logs go. */
export function replayEvents(execution: RecordedExecution): EventFrame[] {
  const href = valueHref(execution.workflowId, execution.id)
  const events: ExecutionEvent[] = [{ type: 'execution_start', execution_id: execution.id }]
  for (const log of execution.logs) events.push(...blockEvents(log, href))
  const end = endEvent(execution)
  if (end) events.push(end)
  return events.map((data, index) => ({ id: index + 1, data }))
}

function blockEvents(log: NewBlockLog, href: (valueId: string) => string): ExecutionEvent[] {
  const named = { block_id: log.blockId, block_type: log.blockType }
  const start: ExecutionEvent = { type: 'block_start', ...named }
  const { durationMs: duration_ms } = log
  switch (log.status) {
    case 'skipped':
      return [{ type: 'block_skip', ...named, reason: log.skipReason ?? '' }]
    case 'error':
      return [start, { type: 'block_error', ...named, data: { error: log.error ?? '' }, duration_ms }]
    case 'success': {
      const shown = showStored(log.output?.text ?? null, href)
      const data: BlockData = isJsonObject(shown) ? shown : {}
      return [start, { type: 'block_complete', ...named, data, duration_ms }]
    }
  }
}

function endEvent(execution: RecordedExecution): ExecutionEvent | null {
  const { id: execution_id } = execution
  switch (execution.status) {
    case 'queued':
    case 'running':
      return null
    case 'completed':
      return { type: 'done', execution_id, status: 'completed', output: execution.output }
    case 'failed':
    case 'cancelled':
    case 'timed_out':
      return {
        type: 'error',
        error: execution.error ?? '',
        error_code: execution.errorCode ?? 'EXECUTION_FAILED',
        execution_id,
      }
  }
}
