import { revokeApiKeyEndpoint } from '@/lib/contract/settings'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { revokeApiKey } from '@/lib/operations/revoke-api-key'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route(revokeApiKeyEndpoint, revokeApiKey),
})
