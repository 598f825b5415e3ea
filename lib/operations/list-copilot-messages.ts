import 'server-only'
import { requireCopilotSession } from './copilot-session'
import type { CopilotMessageItem, CopilotParams } from '../contract/copilot'
import type { Call } from '../contract/endpoint'
import { readCopilotMessages } from '../data/copilot-sessions'
import { maxCopilotMessages } from '../limits'

/** The last messages of a conversation, oldest first. @throws NOT_FOUND. */
export async function listCopilotMessages(
  call: Call<CopilotParams, object, null>,
): Promise<{ messages: CopilotMessageItem[] }> {
  const session = await requireCopilotSession(call)
  return { messages: await readCopilotMessages(session.id, maxCopilotMessages) }
}
