import { stopCopilotEndpoint } from '@/lib/contract/copilot'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { stopCopilot } from '@/lib/operations/stop-copilot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(stopCopilotEndpoint, stopCopilot),
})
