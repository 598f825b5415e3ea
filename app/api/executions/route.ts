import { listAllExecutionsEndpoint } from '@/lib/contract/execution-history'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { listAllExecutions } from '@/lib/operations/list-all-executions'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listAllExecutionsEndpoint, listAllExecutions),
})
