import 'server-only'
import type { Call } from '../contract/endpoint'
import type { WorkflowParams } from '../contract/workflows'
import { deactivate } from '../data/activation'
import { workflowNotFound } from './workflow-not-found'

/** Takes a workflow off line: webhook, arm window and schedule. Running executions go on. @throws WORKFLOW_NOT_FOUND. */
export async function undeployWorkflow(call: Call<WorkflowParams>): Promise<{ ok: true; state: 'internal' }> {
  if (!(await deactivate(call.params.id))) throw workflowNotFound()
  return { ok: true, state: 'internal' }
}
