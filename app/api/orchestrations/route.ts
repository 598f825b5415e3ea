import { createOrchestrationEndpoint, listOrchestrationsEndpoint } from '@/lib/contract/orchestrations'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { createOrchestration, listOrchestrations } from '@/lib/operations/orchestrations'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listOrchestrationsEndpoint, listOrchestrations),
  POST: route(createOrchestrationEndpoint, createOrchestration),
})
