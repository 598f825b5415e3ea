import 'server-only'
import { agentNotFound } from './get-agent'
import type { AgentItem, AgentParams, UpdateAgentBody } from '../contract/agents'
import type { Call } from '../contract/endpoint'
import { updateAgentRow } from '../data/agents'

/** Changes the named fields of an agent. @throws NOT_FOUND. */
export async function updateAgent({
  params,
  body,
}: Call<AgentParams, object, UpdateAgentBody>): Promise<{ ok: true } & AgentItem> {
  const agent = await updateAgentRow(params.id, body)
  if (!agent) throw agentNotFound(params.id)
  return { ok: true, ...agent }
}
