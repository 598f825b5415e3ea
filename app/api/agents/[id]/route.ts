import { deleteAgentEndpoint, getAgentEndpoint, updateAgentEndpoint } from '@/lib/contract/agents'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { deleteAgent } from '@/lib/operations/delete-agent'
import { getAgent } from '@/lib/operations/get-agent'
import { updateAgent } from '@/lib/operations/update-agent'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(getAgentEndpoint, getAgent),
  PATCH: route(updateAgentEndpoint, updateAgent),
  DELETE: route(deleteAgentEndpoint, deleteAgent),
})
