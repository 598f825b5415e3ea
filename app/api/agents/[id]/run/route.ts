import { runAgentEndpoint } from '@/lib/contract/agents'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { runAgent } from '@/lib/operations/run-agent'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(runAgentEndpoint, (call) => runAgent(call)),
})
