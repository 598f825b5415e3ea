import { getVersionEndpoint } from '@/lib/contract/workflows'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { getVersion } from '@/lib/operations/get-version'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: route(getVersionEndpoint, getVersion) })
