import { createAgentEndpoint, listAgentsEndpoint } from '@/lib/contract/agents'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { createAgent } from '@/lib/operations/create-agent'
import { listAgents } from '@/lib/operations/list-agents'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listAgentsEndpoint, listAgents),
  POST: route(createAgentEndpoint, createAgent),
})
