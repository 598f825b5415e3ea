import 'server-only'
import type { AgentItem, CreateAgentBody } from '../contract/agents'
import type { Call } from '../contract/endpoint'
import { insertAgent } from '../data/agents'

/** Creates an agent. It belongs to the workspace; whoever made it is noted. */
export async function createAgent({ body, principal }: Call<object, object, CreateAgentBody>): Promise<AgentItem> {
  return insertAgent(body, principal.userId)
}
