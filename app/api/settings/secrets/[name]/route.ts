import { deleteSecretEndpoint, putSecretEndpoint } from '@/lib/contract/settings'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { deleteSecret } from '@/lib/operations/delete-secret'
import { putSecret } from '@/lib/operations/put-secret'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: route(putSecretEndpoint, putSecret),
  DELETE: route(deleteSecretEndpoint, deleteSecret),
})
