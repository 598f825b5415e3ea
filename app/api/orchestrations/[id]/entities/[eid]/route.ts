import { deleteEntityEndpoint, putEntityEndpoint } from '@/lib/contract/orchestrations'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { deleteEntity, putEntity } from '@/lib/operations/orchestrations'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: route(putEntityEndpoint, putEntity),
  DELETE: route(deleteEntityEndpoint, deleteEntity),
})
