import 'server-only'
import { getApp } from './app'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { ExecutionStatus } from '../contract/execution'
import type { ExecutionParams } from '../contract/executions'
import { cancelUnfinished, findStatus } from '../data/executions'
import { requireExecution } from './show-execution'

/** Stops an execution and its work. Answers with the status it ended with: `cancelled`, or what it had reached before.
 *  @throws WORKFLOW_NOT_FOUND, NOT_FOUND. */
export async function cancelExecution(
  call: Call<ExecutionParams, object, object>,
): Promise<{ ok: true; status: ExecutionStatus }> {
  const { id, eid } = call.params
  await requireExecution(id, eid)
  const { engine, remote } = getApp()
  const ranHere = await engine.cancel(eid)
  // Elsewhere: recorded as cancelled, whatever the process that runs it still finds out no longer counts.
  if (!ranHere) {
    await cancelUnfinished(eid)
    await remote.cancel(eid)
  }
  const status = await findStatus(id, eid)
  if (!status) throw new AppError('NOT_FOUND', 'Execution not found')
  return { ok: true, status }
}
