import { findCopilotEndpoint, startCopilotEndpoint } from '@/lib/contract/copilot'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { findCopilotSession } from '@/lib/operations/find-copilot-session'
import { startCopilotSession } from '@/lib/operations/start-copilot-session'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(findCopilotEndpoint, findCopilotSession),
  POST: route(startCopilotEndpoint, startCopilotSession),
})
