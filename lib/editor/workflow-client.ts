import type { UpdateWorkflowBody } from '../contract/workflows'
import type { JsonObject } from '../contract/json'
import { createWorkflow, send } from './api-client'
import type { GraphBody } from './graph-body'

/** Changes what `body` names. @throws ApiError. */
export async function updateWorkflow(id: string, body: UpdateWorkflowBody): Promise<void> {
  await send('PATCH', `/api/workflows/${id}`, body)
}

/** Deletes a workflow with everything that belongs to it. @throws ApiError. */
export async function deleteWorkflow(id: string): Promise<void> {
  await send('DELETE', `/api/workflows/${id}`)
}

/** What a workflow is made of when it comes from a template, a file or another workflow. */
export interface NewWorkflow extends GraphBody {
  name: string
  description?: string | null
  color?: string | null
  variables?: JsonObject
  notes?: readonly Record<string, unknown>[]
}

/** Creates a workflow with a graph, as it is given, and tells its id. When the graph is refused no workflow stays.
 *  @throws ApiError. */
export async function createWithGraph(workflow: NewWorkflow): Promise<string> {
  const { blocks, edges, notes = [], name, description, color, variables } = workflow
  const { id } = await createWorkflow({
    name,
    ...(description != null && { description }),
    ...(color != null && { color }),
    ...(variables && { variables }),
  })
  if (blocks.length === 0 && notes.length === 0) return id
  try {
    await send('PUT', `/api/workflows/${id}/graph`, { blocks, edges })
    if (notes.length > 0) await send('PATCH', `/api/workflows/${id}`, { notes })
  } catch (error) {
    await deleteWorkflow(id).catch(() => undefined)
    throw error
  }
  return id
}
