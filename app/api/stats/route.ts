import { statsEndpoint } from '@/lib/contract/observation'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { createStatsReader } from '@/lib/operations/read-stats'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(statsEndpoint, createStatsReader()),
})
