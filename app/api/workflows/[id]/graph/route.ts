import { saveGraphEndpoint } from '@/lib/contract/workflows'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { saveGraph } from '@/lib/operations/save-graph'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ PUT: route(saveGraphEndpoint, saveGraph) })
