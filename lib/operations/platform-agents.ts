import 'server-only'
import {
  createAgentSession,
  deleteAgentSession,
  getAgentSession,
  listAgentMessages,
  listAgentSessions,
} from './agent-sessions'
import { createAgent } from './create-agent'
import { deleteAgent } from './delete-agent'
import { getAgent, showAgent } from './get-agent'
import { listAgents } from './list-agents'
import {
  addEntity,
  createOrchestration,
  deleteEntity,
  deleteOrchestration,
  getOrchestration,
  listEntities,
  listOrchestrations,
  putEntity,
  putOrchestration,
} from './orchestrations'
import { asReader, idOf, named, noId, offer, type PlatformResource } from './platform-offers'
import { runAgent } from './run-agent'
import { runOrchestration } from './run-orchestration'
import { updateAgent } from './update-agent'
import type { PlatformCall } from '../blocks/contract'
import {
  createAgentEndpoint,
  createAgentSessionEndpoint,
  deleteAgentEndpoint,
  deleteAgentSessionEndpoint,
  getAgentEndpoint,
  getAgentSessionEndpoint,
  listAgentsEndpoint,
  listAgentSessionsEndpoint,
  runAgentEndpoint,
  updateAgentEndpoint,
} from '../contract/agents'
import { AppError } from '../contract/errors'
import { isUuid } from '../contract/ids'
import type { JsonObject } from '../contract/json'
import {
  addEntityEndpoint,
  createOrchestrationEndpoint,
  deleteEntityEndpoint,
  deleteOrchestrationEndpoint,
  getOrchestrationEndpoint,
  listEntitiesEndpoint,
  listOrchestrationsEndpoint,
  putEntityEndpoint,
  putOrchestrationEndpoint,
  runOrchestrationEndpoint,
} from '../contract/orchestrations'
import { findAgentOf } from '../data/agent-sessions'
import { readOrchestration } from '../data/orchestrations'

/** What a block can do with agents. Keys in the headers of their tools are shown to none. */
export const agentOperations: PlatformResource = {
  list: offer(listAgentsEndpoint, (call) => listAgents(asReader(call)), noId),
  get: offer(getAgentEndpoint, (call) => getAgent(asReader(call)), agentId),
  create: offer(
    createAgentEndpoint,
    async (call) => showAgent(await createAgent(call), asReader(call).principal),
    noId,
  ),
  update: offer(
    updateAgentEndpoint,
    async (call) => ({ ok: true, ...showAgent(await updateAgent(call), asReader(call).principal) }),
    agentId,
  ),
  delete: offer(deleteAgentEndpoint, deleteAgent, agentId),
  run: offer(runAgentEndpoint, (call) => runAgent(call), agentId),
}

/** What a block can do with the conversations of agents. */
export const sessionOperations: PlatformResource = {
  list: offer(listAgentSessionsEndpoint, listAgentSessions, agentOfSessions),
  get: offer(getAgentSessionEndpoint, getAgentSession, sessionId),
  create: offer(createAgentSessionEndpoint, createAgentSession, agentOfSessions),
  messages: offer(getAgentSessionEndpoint, listAgentMessages, sessionId),
  send: offer(
    runAgentEndpoint,
    (call) => runAgent(call),
    async (call) => ({ id: (await sessionId(call))['id'] }),
    (call) => ({ ...call.body, session_id: idOf(call, 'session_id') }),
  ),
  delete: offer(deleteAgentSessionEndpoint, deleteAgentSession, sessionId),
}

/** What a block can do with orchestrations and their members. */
export const orchestrationOperations: PlatformResource = {
  list: offer(listOrchestrationsEndpoint, listOrchestrations, noId),
  get: offer(getOrchestrationEndpoint, getOrchestration, orchestrationId),
  create: offer(createOrchestrationEndpoint, createOrchestration, noId),
  update: offer(putOrchestrationEndpoint, putOrchestration, orchestrationId, wholeOrchestration),
  delete: offer(deleteOrchestrationEndpoint, deleteOrchestration, orchestrationId),
  run: offer(runOrchestrationEndpoint, (call) => runOrchestration(call), orchestrationId),
  list_entities: offer(listEntitiesEndpoint, listEntities, orchestrationId),
  add_entity: offer(addEntityEndpoint, addEntity, orchestrationId),
  update_entity: offer(putEntityEndpoint, putEntity, entityId),
  remove_entity: offer(deleteEntityEndpoint, deleteEntity, entityId),
}

function agentId(call: PlatformCall): Record<string, unknown> {
  return { id: idOf(call, 'agent_id') }
}

function agentOfSessions(call: PlatformCall): Record<string, unknown> {
  return { id: named(call, 'agent_id') || call.resourceId || '' }
}

/** A session's id says which agent it is of; one that is named beside it has to be that one. */
async function sessionId(call: PlatformCall): Promise<Record<string, unknown>> {
  const sid = idOf(call, 'session_id')
  const agent = named(call, 'agent_id')
  if (agent !== '') return { id: agent, sid }
  if (!isUuid(sid)) return { id: sid, sid }
  const id = await findAgentOf(sid)
  if (id === null) throw new AppError('NOT_FOUND', `Session not found: ${sid}`)
  return { id, sid }
}

function orchestrationId(call: PlatformCall): Record<string, unknown> {
  return { id: idOf(call, 'orchestration_id') }
}

function entityId(call: PlatformCall): Record<string, unknown> {
  return { ...orchestrationId(call), eid: named(call, 'entity_id') }
}

/** What the body leaves out stays as it is: the operation itself replaces all. */
async function wholeOrchestration(call: PlatformCall): Promise<JsonObject> {
  const { id } = orchestrationId(call)
  const stored = isUuid(id) ? await readOrchestration(id) : null
  if (!stored) return call.body
  const { name, description, strategy, settings } = stored
  // Settings were read from JSON.
  return { name, description, strategy, settings: settings as JsonObject, ...call.body }
}
