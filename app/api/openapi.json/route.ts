import { apiDocumentEndpoint } from '@/lib/contract/observation'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { readApiDocument } from '@/lib/operations/read-api-document'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(apiDocumentEndpoint, readApiDocument),
})
