import { runOrchestrationEndpoint } from '@/lib/contract/orchestrations'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { runOrchestration } from '@/lib/operations/run-orchestration'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(runOrchestrationEndpoint, runOrchestration),
})
