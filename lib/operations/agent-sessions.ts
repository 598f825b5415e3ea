import 'server-only'
import { requireAgent } from './get-agent'
import type {
  AgentMessageItem,
  AgentParams,
  AgentSessionItem,
  AgentSessionParams,
  CreateAgentSessionBody,
  PageQuery,
} from '../contract/agents'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import {
  insertAgentSession,
  readAgentMessages,
  readAgentSession,
  readAgentSessions,
  removeAgentSession,
} from '../data/agent-sessions'
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
  const session = await requireSession(params)
  return { ...session, messages: await readAgentMessages(session.id, maxSessionMessages) }
}

/** Gives the last messages of a conversation, oldest first. @throws NOT_FOUND. */
export async function listAgentMessages({
  params,
}: Call<AgentSessionParams, object, null>): Promise<{ messages: AgentMessageItem[] }> {
  const session = await requireSession(params)
  return { messages: await readAgentMessages(session.id, maxSessionMessages) }
}

/** Begins a conversation in which nothing was said yet. @throws NOT_FOUND. */
export async function createAgentSession({
  params,
  body,
  principal,
}: Call<AgentParams, object, CreateAgentSessionBody>): Promise<AgentSessionItem> {
  await requireAgent(params.id)
  const sid = await insertAgentSession(params.id, principal.userId, body.title ?? '')
  return requireSession({ id: params.id, sid })
}

/** Forgets a conversation. @throws NOT_FOUND. */
export async function deleteAgentSession({ params }: Call<AgentSessionParams, object, null>): Promise<void> {
  if (!(await removeAgentSession(params.id, params.sid)))
    throw new AppError('NOT_FOUND', `The agent has no session ${params.sid}`)
}

async function requireSession({ id, sid }: AgentSessionParams): Promise<AgentSessionItem> {
  const session = await readAgentSession(id, sid)
  if (!session) throw new AppError('NOT_FOUND', `The agent has no session ${sid}`)
  return session
}
