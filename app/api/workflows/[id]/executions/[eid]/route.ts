import { getExecutionEndpoint } from '@/lib/contract/executions'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { getExecution } from '@/lib/operations/get-execution'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(getExecutionEndpoint, getExecution),
})
