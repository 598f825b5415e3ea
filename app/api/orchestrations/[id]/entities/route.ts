import { addEntityEndpoint, listEntitiesEndpoint } from '@/lib/contract/orchestrations'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { addEntity, listEntities } from '@/lib/operations/orchestrations'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listEntitiesEndpoint, listEntities),
  POST: route(addEntityEndpoint, addEntity),
})
