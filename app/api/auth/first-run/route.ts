import { createOwnerEndpoint } from '@/lib/contract/settings'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { createOwner } from '@/lib/operations/create-owner'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(createOwnerEndpoint, createOwner),
})
