import { copilotTestRunEndpoint } from '@/lib/contract/copilot'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { testRunProposal } from '@/lib/operations/test-run-proposal'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(copilotTestRunEndpoint, testRunProposal),
})
