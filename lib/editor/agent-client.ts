import * as z from 'zod/mini'
import type { AgentEvent, AgentItem, AgentMessageItem, AgentSessionItem, UpdateAgentBody } from '../contract/agents'
import { isJsonObject } from '../contract/json'
import { call, send } from './api-client'
import { readEventsOf, type EventBatch } from './event-stream'

/** Creates an agent that knows nothing yet, and gives its id. @throws ApiError. */
export async function createAgent(body: { name: string }): Promise<string> {
  return createdSchema.parse(await send('POST', '/api/agents', body)).id
}

/** Changes an agent. @throws ApiError. */
export async function updateAgent(id: string, body: UpdateAgentBody): Promise<AgentItem> {
  return agentSchema.parse(await send('PATCH', `/api/agents/${id}`, body))
}

/** Deletes an agent with its conversations. @throws ApiError. */
export async function deleteAgent(id: string): Promise<void> {
  await send('DELETE', `/api/agents/${id}`)
}

/** Says something to an agent and hears its run. Whoever aborts the signal ends the run. @throws ApiError, AbortError. */
export async function* sayToAgent(
  id: string,
  said: { message: string; sessionId: string | null },
  signal: AbortSignal,
): AsyncGenerator<EventBatch<AgentEvent>> {
  const response = await call(`/api/agents/${id}/run/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: said.message, session_id: said.sessionId }),
    signal,
  })
  yield* readEventsOf<AgentEvent>(response.body ?? new Blob().stream(), agentEventTypes)
}

/** An agent's last conversations, the latest first. @throws ApiError. */
export async function listSessions(agentId: string): Promise<AgentSessionItem[]> {
  return sessionsSchema.parse(await send('GET', `/api/agents/${agentId}/sessions?limit=50`)).sessions
}

/** What was said in a conversation, oldest first. @throws ApiError. */
export async function readSession(agentId: string, sessionId: string): Promise<AgentMessageItem[]> {
  return sessionSchema.parse(await send('GET', `/api/agents/${agentId}/sessions/${sessionId}`)).messages
}

/** Forgets a conversation. @throws ApiError. */
export async function deleteSession(agentId: string, sessionId: string): Promise<void> {
  await send('DELETE', `/api/agents/${agentId}/sessions/${sessionId}`)
}

const agentEventTypes = ['run_start', 'chunk', 'tool_start', 'tool_end', 'done', 'error'] as const
// What the server itself made is checked for being there, not key by key.
const createdSchema = z.object({ id: z.string() })
const agentSchema = z.custom<AgentItem>((value) => isJsonObject(value) && Array.isArray(value['tools']))
const sessionsSchema = z.object({ sessions: z.array(z.custom<AgentSessionItem>(isJsonObject)) })
const sessionSchema = z.object({ messages: z.array(z.custom<AgentMessageItem>(isJsonObject)) })
