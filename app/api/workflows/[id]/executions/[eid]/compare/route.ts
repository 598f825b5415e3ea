import { compareEndpoint } from '@/lib/contract/execution-history'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { compareExecutions } from '@/lib/operations/compare-executions'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(compareEndpoint, compareExecutions),
})
