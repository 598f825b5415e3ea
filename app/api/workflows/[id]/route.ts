import { deleteWorkflowEndpoint, getWorkflowEndpoint, updateWorkflowEndpoint } from '@/lib/contract/workflows'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { deleteWorkflow } from '@/lib/operations/delete-workflow'
import { getWorkflow } from '@/lib/operations/get-workflow'
import { updateWorkflow } from '@/lib/operations/update-workflow'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(getWorkflowEndpoint, getWorkflow),
  PATCH: route(updateWorkflowEndpoint, updateWorkflow),
  DELETE: route(deleteWorkflowEndpoint, deleteWorkflow),
})
