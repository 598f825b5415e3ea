import {
  deleteOrchestrationEndpoint,
  getOrchestrationEndpoint,
  putOrchestrationEndpoint,
} from '@/lib/contract/orchestrations'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { deleteOrchestration, getOrchestration, putOrchestration } from '@/lib/operations/orchestrations'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(getOrchestrationEndpoint, getOrchestration),
  PUT: route(putOrchestrationEndpoint, putOrchestration),
  DELETE: route(deleteOrchestrationEndpoint, deleteOrchestration),
})
