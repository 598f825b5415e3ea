import { createApiKeyEndpoint, listApiKeysEndpoint } from '@/lib/contract/settings'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { createApiKey } from '@/lib/operations/create-api-key'
import { listApiKeys } from '@/lib/operations/list-api-keys'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listApiKeysEndpoint, listApiKeys),
  POST: route(createApiKeyEndpoint, createApiKey),
})
