import { getExecutionValueEndpoint } from '@/lib/contract/executions'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { getExecutionValue } from '@/lib/operations/get-execution-value'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(getExecutionValueEndpoint, getExecutionValue),
})
