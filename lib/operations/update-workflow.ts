import 'server-only'
import type { Call } from '../contract/endpoint'
import type { UpdateWorkflowBody, WorkflowParams } from '../contract/workflows'
import { updateWorkflowRow } from '../data/workflows'
import { workflowNotFound } from './workflow-not-found'

/** Changes what is not the graph: name, description, color, variables, resume, retention, notes, pins. @throws WORKFLOW_NOT_FOUND. */
export async function updateWorkflow(call: Call<WorkflowParams, object, UpdateWorkflowBody>): Promise<{ ok: true }> {
  if (!(await updateWorkflowRow(call.params.id, call.body))) throw workflowNotFound()
  return { ok: true }
}
