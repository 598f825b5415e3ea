import { runAgentEndpoint } from '@/lib/contract/agents'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { eventStream } from '@/lib/http/sse'
import { streamAgent } from '@/lib/operations/stream-agent'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(runAgentEndpoint, async (call) => eventStream(await streamAgent(call))),
})
