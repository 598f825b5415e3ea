import 'server-only'
import type { Call } from '../contract/endpoint'
import type { ListWorkflowsQuery, WorkflowItem } from '../contract/workflows'
import { readWorkflows } from '../data/workflows'

/** Lists the installation's workflows, a page at a time. Source: API contract, section 2. */
export async function listWorkflows(
  call: Call<object, ListWorkflowsQuery>,
): Promise<{ workflows: WorkflowItem[]; total: number; limit: number; offset: number }> {
  const { limit, offset } = call.query
  return { ...(await readWorkflows(call.query)), limit, offset }
}
