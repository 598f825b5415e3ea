import 'server-only'
import { showAgent } from './get-agent'
import type { AgentItem, PageQuery } from '../contract/agents'
import type { Call } from '../contract/endpoint'
import { readAgents } from '../data/agents'

/** Lists the agents, newest first. */
export async function listAgents({
  query,
  principal,
}: Call<object, PageQuery, null>): Promise<{ agents: AgentItem[]; total: number; limit: number; offset: number }> {
  const { agents, total } = await readAgents(query)
  return { agents: agents.map((agent) => showAgent(agent, principal)), total, ...query }
}
