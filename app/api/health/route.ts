import { healthEndpoint } from '@/lib/contract/health'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { checkHealth } from '@/lib/operations/check-health'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(healthEndpoint, checkHealth),
})
