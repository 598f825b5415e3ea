import { updateProfileEndpoint } from '@/lib/contract/profile'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { updateProfile } from '@/lib/operations/update-profile'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PATCH: route(updateProfileEndpoint, updateProfile),
})
