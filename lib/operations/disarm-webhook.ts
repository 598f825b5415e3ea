import 'server-only'
import type { Call } from '../contract/endpoint'
import type { WorkflowParams } from '../contract/workflows'
import { closeArmWindow } from '../data/activation'
import { workflowNotFound } from './workflow-not-found'

/** Closes the arm window; a deployed workflow stays deployed. @throws WORKFLOW_NOT_FOUND. */
export async function disarmWebhook(call: Call<WorkflowParams>): Promise<{ ok: true }> {
  if (!(await closeArmWindow(call.params.id))) throw workflowNotFound()
  return { ok: true }
}
