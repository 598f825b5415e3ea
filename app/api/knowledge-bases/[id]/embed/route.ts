import { embedSourcesEndpoint } from '@/lib/contract/knowledge'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { embedSources } from '@/lib/operations/embed-sources'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(embedSourcesEndpoint, embedSources),
})
