import { rerunEndpoint } from '@/lib/contract/reruns'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { rerunExecution } from '@/lib/operations/rerun-execution'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: route(rerunEndpoint, rerunExecution) })
