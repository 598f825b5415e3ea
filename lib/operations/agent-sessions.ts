import 'server-only'
import { requireAgent } from './get-agent'
import type { AgentMessageItem, AgentParams, AgentSessionItem, AgentSessionParams, PageQuery } from '../contract/agents'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import { readAgentMessages, readAgentSession, readAgentSessions, removeAgentSession } from '../data/agent-sessions'
import { maxSessionMessages } from '../limits'

/** Lists an agent's conversations, the latest first. @throws NOT_FOUND. */
export async function listAgentSessions({ params, query }: Call<AgentParams, PageQuery, null>): Promise<{
  sessions: AgentSessionItem[]
  total: number
  limit: number
  offset: number
}> {
  await requireAgent(params.id)
  return { ...(await readAgentSessions(params.id, query)), ...query }
}

/** Gives a conversation with its last messages, oldest first. @throws NOT_FOUND. */
export async function getAgentSession({
  params,
}: Call<AgentSessionParams, object, null>): Promise<AgentSessionItem & { messages: AgentMessageItem[] }> {
  const session = await readAgentSession(params.id, params.sid)
  if (!session) throw new AppError('NOT_FOUND', `The agent has no session ${params.sid}`)
  return { ...session, messages: await readAgentMessages(session.id, maxSessionMessages) }
}

/** Forgets a conversation. @throws NOT_FOUND. */
export async function deleteAgentSession({ params }: Call<AgentSessionParams, object, null>): Promise<void> {
  if (!(await removeAgentSession(params.id, params.sid)))
    throw new AppError('NOT_FOUND', `The agent has no session ${params.sid}`)
}
