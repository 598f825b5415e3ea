import 'server-only'
import type { CopilotParams, CopilotSessionItem } from '../contract/copilot'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import { readCopilotSession } from '../data/copilot-sessions'

/** The caller's own conversation. @throws NOT_FOUND for other people's too. */
export async function requireCopilotSession({
  params,
  principal,
}: Pick<Call<CopilotParams>, 'params' | 'principal'>): Promise<CopilotSessionItem> {
  const session = await readCopilotSession(params.id, principal.userId)
  if (!session) throw copilotSessionNotFound(params.id)
  return session
}

export function copilotSessionNotFound(id: string): AppError {
  return new AppError('NOT_FOUND', `There is no conversation ${id} of yours with the copilot`)
}
