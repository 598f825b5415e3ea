import 'server-only'
import type { Call } from '../contract/endpoint'
import type { ExecutionPage, InstalledExecutionItem, ListAllExecutionsQuery } from '../contract/execution-history'
import { readHistory } from '../data/execution-history'
import { readWorkflowNames } from '../data/workflow-names'
import { showPage } from './list-executions'
import { showExecution } from './show-execution'

/** Lists the executions of all workflows, or of one, newest first, each with its workflow's name. */
export async function listAllExecutions(
  call: Call<object, ListAllExecutionsQuery>,
): Promise<ExecutionPage<InstalledExecutionItem>> {
  const page = await readHistory({ ...call.query, workflowId: call.query.workflow_id ?? null })
  const names = await readWorkflowNames(page.rows.map((row) => row.workflow_id))
  const executions = page.rows.map((row) => ({
    ...showExecution(row),
    workflow_name: names.get(row.workflow_id) ?? '',
  }))
  return { executions, ...showPage(page, call.query) }
}
