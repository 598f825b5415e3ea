import { copilotMessagesEndpoint } from '@/lib/contract/copilot'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { listCopilotMessages } from '@/lib/operations/list-copilot-messages'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(copilotMessagesEndpoint, listCopilotMessages),
})
