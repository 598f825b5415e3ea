import 'server-only'
import { blockOutputsOf, showBlockLogs } from './show-block-logs'
import { Answer } from '../contract/endpoint'
import { statusOfCode, type ErrorCode } from '../contract/errors'
import type { BlockLog, ExecutionStatus } from '../contract/execution'
import type { Json } from '../contract/json'
import type { NewBlockLog } from '../data/block-logs'
import { valueHref } from '../data/stored-values'
import type { CompiledVersion } from '../engine/plans'

/** An ended execution, from memory or read back: enough to answer its caller, the first time and again. */
export interface EndedExecution {
  id: string
  workflowId: string
  status: ExecutionStatus
  output: Json
  error: string | null
  failedBlock: string | null
  logs: readonly NewBlockLog[]
}

/** The answer of `POST /execute`: everything the caller may know. Source: API contract, section 7. */
export function executeAnswer(execution: EndedExecution, compiled: CompiledVersion | null): Answer {
  const href = valueHref(execution.workflowId, execution.id)
  const logs = (): BlockLog[] =>
    showBlockLogs(execution.logs, {
      configOf: (blockId) => compiled?.plan?.blocks.find(({ block }) => block.id === blockId)?.block.config,
      href,
      includesSkipped: false,
    })
  switch (execution.status) {
    case 'completed':
      return json(200, {
        execution_id: execution.id,
        status: 'completed',
        output: execution.output,
        block_outputs: blockOutputsOf(execution.logs, href),
        block_logs: logs(),
      })
    case 'timed_out':
      return failure('EXECUTION_TIMEOUT', execution.error ?? 'Execution timed out', execution, { block_logs: logs() })
    case 'cancelled':
      return failure('EXECUTION_CANCELLED', execution.error ?? 'The execution was cancelled', execution, {
        block_logs: logs(),
      })
    case 'failed':
      return failure('EXECUTION_FAILED', execution.error ?? 'The execution failed', execution, {
        failed_block: execution.failedBlock,
        block_logs: logs(),
      })
    case 'queued':
    case 'running':
      throw new Error(`execution ${execution.id} has not ended`)
  }
}

/** An error answer that names an execution. */
export function failure(code: ErrorCode, error: string, execution: { id: string }, more: object = {}): Answer {
  return json(statusOfCode[code], { error, error_code: code, execution_id: execution.id, ...more })
}

/** The answer to `Prefer: respond-async`. */
export function queuedAnswer(workflowId: string, executionId: string): Answer {
  return new Answer(
    202,
    { json: { execution_id: executionId, status: 'queued' } },
    {
      location: `/api/workflows/${workflowId}/executions/${executionId}`,
      'preference-applied': 'respond-async',
    },
  )
}

/** The same answer, marked as a repeat. */
export function replayed(answer: Answer): Answer {
  return new Answer(answer.status, answer.body, { ...answer.headers, 'idempotency-replayed': 'true' })
}

function json(status: number, body: unknown): Answer {
  return new Answer(status, { json: body })
}
