import 'server-only'
import { AppError } from '../contract/errors'
import { findRunnable, type RunnableWorkflow } from '../data/runnable'
import { workflowExists } from '../data/workflows'

/** What every operation says of a workflow that is not there. */
export function workflowNotFound(): AppError {
  return new AppError('WORKFLOW_NOT_FOUND', 'Workflow not found')
}

/** Makes sure a workflow is there before its parts are listed. @throws WORKFLOW_NOT_FOUND. */
export async function requireWorkflow(workflowId: string): Promise<void> {
  if (!(await workflowExists(workflowId))) throw workflowNotFound()
}

/** What running a workflow needs beside its graph. @throws WORKFLOW_NOT_FOUND. */
export async function requireRunnable(workflowId: string): Promise<RunnableWorkflow> {
  const workflow = await findRunnable(workflowId)
  if (!workflow) throw workflowNotFound()
  return workflow
}
