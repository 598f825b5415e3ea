import 'server-only'
import type { AgentItem, AgentParams } from '../contract/agents'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { Principal } from '../contract/principal'
import { readAgent } from '../data/agents'

/** Gives an agent. @throws NOT_FOUND. */
export async function getAgent({ params, principal }: Call<AgentParams, object, null>): Promise<AgentItem> {
  return showAgent(await requireAgent(params.id), principal)
}

/** An agent that has to be there. @throws NOT_FOUND. */
export async function requireAgent(id: string): Promise<AgentItem> {
  const agent = await readAgent(id)
  if (!agent) throw agentNotFound(id)
  return agent
}

/** What every operation says of an agent that is not there. */
export function agentNotFound(id: string): AppError {
  return new AppError('NOT_FOUND', `Agent not found: ${id}`)
}

const mask = '********'

/** The agent as `principal` may see it: who cannot edit it sees no value of its tools' headers, where keys travel. */
export function showAgent(agent: AgentItem, principal: Principal): AgentItem {
  if (principal.scopes.includes('write')) return agent
  const tools = agent.tools.map((tool) =>
    'headers' in tool
      ? { ...tool, headers: Object.fromEntries(Object.keys(tool.headers).map((name) => [name, mask])) }
      : tool,
  )
  return { ...agent, tools }
}
