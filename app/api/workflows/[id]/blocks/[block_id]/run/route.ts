import { runBlockEndpoint } from '@/lib/contract/reruns'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { runSingleBlock } from '@/lib/operations/run-single-block'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(runBlockEndpoint, runSingleBlock),
})
