import 'server-only'
import type { Call } from '../contract/endpoint'
import { writeCursor, type ExecutionPage, type ListExecutionsQuery } from '../contract/execution-history'
import type { WorkflowParams } from '../contract/workflows'
import { readHistory, type HistoryPage } from '../data/execution-history'
import { showExecution } from './show-execution'
import { requireWorkflow } from './workflow-not-found'

/** Lists a workflow's executions, newest first. @throws WORKFLOW_NOT_FOUND. */
export async function listExecutions(call: Call<WorkflowParams, ListExecutionsQuery>): Promise<ExecutionPage> {
  await requireWorkflow(call.params.id)
  const page = await readHistory({ ...call.query, workflowId: call.params.id })
  return { executions: page.rows.map(showExecution), ...showPage(page, call.query) }
}

/** What a list says of its page. */
export function showPage(
  { total, totalIsExact, next }: HistoryPage,
  { limit, offset, cursor }: ListExecutionsQuery,
): Omit<ExecutionPage, 'executions'> {
  return {
    total,
    total_is_exact: totalIsExact,
    limit,
    offset: cursor ? 0 : offset,
    next_cursor: next && writeCursor(next),
  }
}
