import 'server-only'
import { copilotSessionNotFound } from './copilot-session'
import type { CopilotParams } from '../contract/copilot'
import type { Call } from '../contract/endpoint'
import { removeCopilotSession } from '../data/copilot-sessions'

/** Forgets a conversation; a turn that runs in it ends. @throws NOT_FOUND. */
export async function forgetCopilotSession({ params, principal }: Call<CopilotParams, object, null>): Promise<void> {
  if (!(await removeCopilotSession(params.id, principal.userId))) throw copilotSessionNotFound(params.id)
}
