import { listProvidersEndpoint } from '@/lib/contract/providers'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { listProviders } from '@/lib/operations/list-providers'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listProvidersEndpoint, listProviders),
})
