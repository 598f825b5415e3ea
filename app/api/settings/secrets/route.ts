import { listSecretsEndpoint } from '@/lib/contract/settings'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { listSecrets } from '@/lib/operations/list-secrets'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listSecretsEndpoint, listSecrets),
})
