import 'server-only'
import type { Call } from '../contract/endpoint'
import type { CreateWorkflowBody } from '../contract/workflows'
import { insertWorkflow } from '../data/workflows'

/** Creates a workflow without blocks; the caller becomes its owner. */
export async function createWorkflow(
  call: Call<object, object, CreateWorkflowBody>,
): Promise<{ id: string; name: string }> {
  return { id: await insertWorkflow(call.body, call.principal.userId), name: call.body.name }
}
