import 'server-only'
import { AppError } from '../contract/errors'
import type { ExecutionItem } from '../contract/execution'
import { readExecutionRow, type ExecutionRow } from '../data/execution-lists'
import { showStored, valueHref } from '../data/stored-values'
import { requireWorkflow } from './workflow-not-found'

/** What the API shows of an execution; large values as markers. */
export function showExecution(row: ExecutionRow): ExecutionItem {
  const href = valueHref(row.workflow_id, row.id)
  const began = row.started_at ?? row.created_at
  return {
    id: row.id,
    workflow_id: row.workflow_id,
    status: row.status,
    trigger: row.trigger,
    input: showStored(row.input, href),
    output: showStored(row.output, href),
    error: row.error,
    error_code: row.error_code,
    version: row.version,
    origin_execution_id: row.origin_id,
    started_at: row.started_at?.toISOString() ?? null,
    completed_at: row.completed_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    duration_ms: row.completed_at ? Math.max(0, row.completed_at.getTime() - began.getTime()) : null,
    is_kept: row.is_kept,
  }
}

/** Reads an execution of a workflow. @throws WORKFLOW_NOT_FOUND, NOT_FOUND for another workflow's execution too. */
export async function requireExecution(workflowId: string, executionId: string): Promise<ExecutionRow> {
  const row = await readExecutionRow(workflowId, executionId)
  if (row) return row
  await requireWorkflow(workflowId)
  throw executionNotFound()
}

/** What every operation says of an execution that is not the workflow's. */
function executionNotFound(): AppError {
  return new AppError('NOT_FOUND', 'Execution not found')
}
