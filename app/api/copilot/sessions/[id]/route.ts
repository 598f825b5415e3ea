import { forgetCopilotEndpoint } from '@/lib/contract/copilot'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { forgetCopilotSession } from '@/lib/operations/forget-copilot-session'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route(forgetCopilotEndpoint, forgetCopilotSession),
})
