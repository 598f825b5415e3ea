import { eventsEndpoint } from '@/lib/contract/runs'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { eventStream } from '@/lib/http/sse'
import { watchExecution } from '@/lib/operations/watch-execution'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(eventsEndpoint, async (call) => eventStream(await watchExecution(call))),
})
