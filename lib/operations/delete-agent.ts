import 'server-only'
import { agentNotFound } from './get-agent'
import type { AgentParams } from '../contract/agents'
import type { Call } from '../contract/endpoint'
import { removeAgent } from '../data/agents'

/** Deletes an agent with its conversations. @throws NOT_FOUND. */
export async function deleteAgent({ params }: Call<AgentParams, object, null>): Promise<void> {
  if (!(await removeAgent(params.id))) throw agentNotFound(params.id)
}
