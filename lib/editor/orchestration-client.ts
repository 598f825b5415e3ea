import * as z from 'zod/mini'
import type { OrchestrationBody, OrchestrationEvent } from '../contract/orchestrations'
import { call, send } from './api-client'
import { readEventsOf, type EventBatch } from './event-stream'

/** A member as it is saved; without an `entityId` it is a new one. */
export interface MemberDraft {
  /** Tells drafts apart while they are moved and removed. */
  key: number
  entityId: string | null
  agentId: string
  role: string
}

/** Creates an orchestration without members, and gives its id. @throws ApiError. */
export async function createOrchestration(body: { name: string }): Promise<string> {
  return createdSchema.parse(await send('POST', '/api/orchestrations', body)).id
}

/** Replaces name, description, strategy and settings. @throws ApiError. */
export async function putOrchestration(id: string, body: OrchestrationBody): Promise<void> {
  await send('PUT', `/api/orchestrations/${id}`, body)
}

/** Deletes an orchestration; its agents stay. @throws ApiError. */
export async function deleteOrchestration(id: string): Promise<void> {
  await send('DELETE', `/api/orchestrations/${id}`)
}

/** Makes the members of an orchestration what `after` says, in its order, and gives the ids by the drafts' keys.
 *  @throws ApiError. */
export async function saveMembers(
  id: string,
  before: readonly MemberDraft[],
  after: readonly MemberDraft[],
): Promise<Map<number, string>> {
  const path = `/api/orchestrations/${id}/entities`
  const ids = new Map<number, string>()
  const kept = new Set(after.map(({ entityId }) => entityId))
  for (const { entityId } of before)
    if (entityId !== null && !kept.has(entityId)) await send('DELETE', `${path}/${entityId}`)
  for (const [position, { key, entityId, agentId, role }] of after.entries()) {
    const body = { entity_ref_id: agentId, role_description: role, position }
    if (entityId === null) ids.set(key, createdSchema.parse(await send('POST', path, body)).id)
    else {
      ids.set(key, entityId)
      const old = before.findIndex((member) => member.entityId === entityId)
      const isSame = old === position && before[old]?.agentId === agentId && before[old].role === role
      if (!isSame) await send('PUT', `${path}/${entityId}`, body)
    }
  }
  return ids
}

/** Gives an orchestration a task and hears its run. Whoever aborts the signal ends it. @throws ApiError, AbortError. */
export async function* runOrchestration(
  id: string,
  message: string,
  signal: AbortSignal,
): AsyncGenerator<EventBatch<OrchestrationEvent>> {
  const response = await call(`/api/orchestrations/${id}/run/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message }),
    signal,
  })
  yield* readEventsOf<OrchestrationEvent>(response.body ?? new Blob().stream(), orchestrationEventTypes)
}

const orchestrationEventTypes = ['run_start', 'step_start', 'step_chunk', 'step_end', 'chunk', 'done', 'error'] as const
const createdSchema = z.object({ id: z.string() })
