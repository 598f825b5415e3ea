import { createAgentSessionEndpoint, listAgentSessionsEndpoint } from '@/lib/contract/agents'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { createAgentSession, listAgentSessions } from '@/lib/operations/agent-sessions'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listAgentSessionsEndpoint, listAgentSessions),
  POST: route(createAgentSessionEndpoint, createAgentSession),
})
