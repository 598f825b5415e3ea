import 'server-only'
import type { Call } from '../contract/endpoint'
import type { WorkflowParams } from '../contract/workflows'
import { removeWorkflow } from '../data/workflows'
import { getApp } from './app'
import { requireWorkflow, workflowNotFound } from './workflow-not-found'

/** Deletes a workflow with its versions, webhooks, executions and their logs. Running executions are cancelled first.
 *  @throws WORKFLOW_NOT_FOUND. */
export async function deleteWorkflow(call: Call<WorkflowParams>): Promise<void> {
  const { id } = call.params
  await requireWorkflow(id)
  await getApp().engine.cancelWorkflow(id)
  const isRemoved = await removeWorkflow(id)
  // Those that started between the two.
  await getApp().engine.cancelWorkflow(id)
  if (!isRemoved) throw workflowNotFound()
}
