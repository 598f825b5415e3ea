import 'server-only'
import type { Call } from '../contract/endpoint'
import type { ExecutionParams, KeepExecutionBody } from '../contract/executions'
import { setKept } from '../data/retention'
import { requireExecution } from './show-execution'

/** Pins an execution against retention, or lets it go again. @throws WORKFLOW_NOT_FOUND, NOT_FOUND. */
export async function keepExecution(
  call: Call<ExecutionParams, object, KeepExecutionBody>,
): Promise<{ ok: true; is_kept: boolean }> {
  const { id, eid } = call.params
  const { kept } = call.body
  // Unknown, or deleted by retention this moment: the same words either way.
  if (!(await setKept(id, eid, kept))) await requireExecution(id, eid)
  return { ok: true, is_kept: kept }
}
