import { listExecutionsEndpoint } from '@/lib/contract/execution-history'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { listExecutions } from '@/lib/operations/list-executions'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listExecutionsEndpoint, listExecutions),
})
