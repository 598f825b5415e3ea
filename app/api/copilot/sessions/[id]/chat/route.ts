import { chatEndpoint } from '@/lib/contract/copilot'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { eventStream } from '@/lib/http/sse'
import { chatWithCopilot } from '@/lib/operations/chat-with-copilot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(chatEndpoint, async (call) => eventStream(await chatWithCopilot(call))),
})
