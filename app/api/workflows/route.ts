import { createWorkflowEndpoint, listWorkflowsEndpoint } from '@/lib/contract/workflows'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { createWorkflow } from '@/lib/operations/create-workflow'
import { listWorkflows } from '@/lib/operations/list-workflows'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listWorkflowsEndpoint, listWorkflows),
  POST: route(createWorkflowEndpoint, createWorkflow),
})
