import { listVersionsEndpoint } from '@/lib/contract/workflows'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { listVersions } from '@/lib/operations/list-versions'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listVersionsEndpoint, listVersions),
})
