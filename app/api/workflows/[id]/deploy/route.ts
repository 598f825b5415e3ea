import { switchWorkflowEndpoint } from '@/lib/contract/workflows'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { deployWorkflow } from '@/lib/operations/deploy-workflow'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(switchWorkflowEndpoint, deployWorkflow),
})
