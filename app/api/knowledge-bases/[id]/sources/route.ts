import { createSourceEndpoint, listSourcesEndpoint } from '@/lib/contract/knowledge'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { createSource, listSources } from '@/lib/operations/knowledge-sources'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listSourcesEndpoint, listSources),
  POST: route(createSourceEndpoint, createSource),
})
