import 'server-only'
import { workflowNotFound } from './workflow-not-found'
import type { StartCopilotBody } from '../contract/copilot'
import type { Call } from '../contract/endpoint'
import { insertCopilotSession } from '../data/copilot-sessions'

/** Begins a conversation about a workflow; the caller's earlier ones stay. @throws WORKFLOW_NOT_FOUND. */
export async function startCopilotSession({
  body,
  principal,
}: Call<object, object, StartCopilotBody>): Promise<{ id: string; workflow_id: string }> {
  const id = await insertCopilotSession(body.workflow_id, principal.userId)
  if (id === null) throw workflowNotFound()
  return { id, workflow_id: body.workflow_id }
}
