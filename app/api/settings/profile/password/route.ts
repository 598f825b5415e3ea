import { changePasswordEndpoint } from '@/lib/contract/profile'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { changePassword } from '@/lib/operations/change-password'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: route(changePasswordEndpoint, changePassword),
})
