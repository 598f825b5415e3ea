import { deleteSourceEndpoint, getSourceEndpoint } from '@/lib/contract/knowledge'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { deleteSource, getSource } from '@/lib/operations/knowledge-sources'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(getSourceEndpoint, getSource),
  DELETE: route(deleteSourceEndpoint, deleteSource),
})
