import { executeEndpoint } from '@/lib/contract/runs'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { runWorkflow } from '@/lib/operations/run-workflow'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: route(executeEndpoint, runWorkflow) })
