import { testProviderEndpoint } from '@/lib/contract/providers'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { testProvider } from '@/lib/operations/test-provider'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(testProviderEndpoint, testProvider),
})
