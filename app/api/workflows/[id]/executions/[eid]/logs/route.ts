import { getExecutionLogsEndpoint } from '@/lib/contract/executions'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { getExecutionLogs } from '@/lib/operations/get-execution-logs'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(getExecutionLogsEndpoint, getExecutionLogs),
})
