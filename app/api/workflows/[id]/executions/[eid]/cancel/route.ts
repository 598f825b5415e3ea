import { cancelEndpoint } from '@/lib/contract/runs'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { cancelExecution } from '@/lib/operations/cancel-execution'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(cancelEndpoint, cancelExecution),
})
