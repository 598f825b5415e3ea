import 'server-only'
import { requireAgent } from './get-agent'
import type { PageQuery } from '../contract/agents'
import type { Call } from '../contract/endpoint'
import { AppError, isAppError } from '../contract/errors'
import type {
  EntityBody,
  EntityItem,
  EntityParams,
  OrchestrationBody,
  OrchestrationItem,
  OrchestrationParams,
} from '../contract/orchestrations'
import {
  insertEntity,
  insertOrchestration,
  readOrchestration,
  readOrchestrations,
  removeEntity,
  removeOrchestration,
  updateEntity,
  updateOrchestrationRow,
} from '../data/orchestrations'

/** Lists the orchestrations with their members, newest first. */
export async function listOrchestrations({ query }: Call<object, PageQuery, null>): Promise<{
  orchestrations: OrchestrationItem[]
  total: number
  limit: number
  offset: number
}> {
  return { ...(await readOrchestrations(query)), ...query }
}

/** Creates an orchestration, without members. */
export async function createOrchestration({
  body,
  principal,
}: Call<object, object, OrchestrationBody>): Promise<OrchestrationItem> {
  return requireOrchestration(await insertOrchestration(body, principal.userId))
}

/** Gives an orchestration with its members in the order of work. @throws NOT_FOUND. */
export async function getOrchestration({
  params,
}: Call<OrchestrationParams, object, null>): Promise<OrchestrationItem> {
  return requireOrchestration(params.id)
}

/** Replaces name, description, strategy and settings. @throws NOT_FOUND. */
export async function putOrchestration({
  params,
  body,
}: Call<OrchestrationParams, object, OrchestrationBody>): Promise<{ ok: true } & OrchestrationItem> {
  if (!(await updateOrchestrationRow(params.id, body))) throw orchestrationNotFound(params.id)
  return { ok: true, ...(await requireOrchestration(params.id)) }
}

/** Deletes an orchestration; its agents stay. @throws NOT_FOUND. */
export async function deleteOrchestration({ params }: Call<OrchestrationParams, object, null>): Promise<void> {
  if (!(await removeOrchestration(params.id))) throw orchestrationNotFound(params.id)
}

/** Lists the members in the order of work. @throws NOT_FOUND. */
export async function listEntities({
  params,
}: Call<OrchestrationParams, object, null>): Promise<{ entities: EntityItem[] }> {
  return { entities: (await requireOrchestration(params.id)).entities }
}

/** Adds an agent to an orchestration. @throws NOT_FOUND; VALIDATION_ERROR when there is no such agent. */
export async function addEntity({ params, body }: Call<OrchestrationParams, object, EntityBody>): Promise<EntityItem> {
  await requireOrchestration(params.id)
  await requireMember(body)
  return theEntity(params.id, await insertEntity(params.id, body))
}

/** Replaces a member. @throws NOT_FOUND; VALIDATION_ERROR when there is no such agent. */
export async function putEntity({
  params,
  body,
}: Call<EntityParams, object, EntityBody>): Promise<{ ok: true } & EntityItem> {
  await requireMember(body)
  if (!(await updateEntity(params.id, params.eid, body))) throw entityNotFound(params.eid)
  return { ok: true, ...(await theEntity(params.id, params.eid)) }
}

/** Takes a member out. @throws NOT_FOUND. */
export async function deleteEntity({ params }: Call<EntityParams, object, null>): Promise<void> {
  if (!(await removeEntity(params.id, params.eid))) throw entityNotFound(params.eid)
}

/** An orchestration that has to be there. @throws NOT_FOUND. */
export async function requireOrchestration(id: string): Promise<OrchestrationItem> {
  const orchestration = await readOrchestration(id)
  if (!orchestration) throw orchestrationNotFound(id)
  return orchestration
}

async function theEntity(orchestrationId: string, id: string): Promise<EntityItem> {
  const { entities } = await requireOrchestration(orchestrationId)
  const entity = entities.find((one) => one.id === id)
  if (!entity) throw entityNotFound(id)
  return entity
}

async function requireMember({ entity_ref_id: id }: EntityBody): Promise<void> {
  await requireAgent(id).catch((error: unknown) => {
    if (!isAppError(error)) throw error
    const issues = [{ path: 'entity_ref_id', message: 'is no agent' }]
    throw new AppError('VALIDATION_ERROR', `entity_ref_id: there is no agent ${id}`, { issues })
  })
}

function orchestrationNotFound(id: string): AppError {
  return new AppError('NOT_FOUND', `Orchestration not found: ${id}`)
}

function entityNotFound(id: string): AppError {
  return new AppError('NOT_FOUND', `Entity not found: ${id}`)
}
