import 'server-only'
import { Answer, type Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { ValueParams } from '../contract/executions'
import { readLargeValue } from '../data/execution-lists'
import { expandValue } from '../data/stored-values'
import { requireExecution } from './show-execution'

/** Reads a value that was too large to stand in lists and logs, whole. @throws WORKFLOW_NOT_FOUND, NOT_FOUND. */
export async function getExecutionValue(call: Call<ValueParams>): Promise<Answer> {
  const { id, eid, vid } = call.params
  await requireExecution(id, eid)
  const compressed = await readLargeValue({ workflowId: id, executionId: eid, valueId: vid })
  if (!compressed) throw new AppError('NOT_FOUND', 'Value not found')
  return new Answer(200, { bytes: await expandValue(compressed) }, { 'content-type': 'application/json' })
}
