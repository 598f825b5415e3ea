import { keepExecutionEndpoint } from '@/lib/contract/executions'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { keepExecution } from '@/lib/operations/keep-execution'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(keepExecutionEndpoint, keepExecution),
})
