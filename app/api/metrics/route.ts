import { metricsEndpoint } from '@/lib/contract/observation'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { readMetrics } from '@/lib/operations/read-metrics'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(metricsEndpoint, readMetrics),
})
