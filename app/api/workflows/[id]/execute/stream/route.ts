import { executeEndpoint } from '@/lib/contract/runs'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { eventStream } from '@/lib/http/sse'
import { streamWorkflow } from '@/lib/operations/watch-execution'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(executeEndpoint, async (call) => eventStream(await streamWorkflow(call))),
})
