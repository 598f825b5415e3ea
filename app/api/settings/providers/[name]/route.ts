import { deleteProviderEndpoint, putProviderEndpoint } from '@/lib/contract/providers'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { deleteProvider } from '@/lib/operations/delete-provider'
import { putProvider } from '@/lib/operations/put-provider'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: route(putProviderEndpoint, putProvider),
  DELETE: route(deleteProviderEndpoint, deleteProvider),
})
