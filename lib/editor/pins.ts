import type { Json, JsonObject } from '../contract/json'
import { readFacts } from './open-workflow'
import { updateWorkflow } from './workflow-client'

/** Pins data to a block, so that test runs take it instead of running the block; undefined takes the pin away. Gives all
 *  the pins there are now. What another tab pinned in the meantime stays. @throws ApiError. */
export async function changePin(workflowId: string, blockId: string, data: Json | undefined): Promise<JsonObject> {
  const { [blockId]: _before, ...others } = (await readFacts(workflowId)).pins
  const pins = data === undefined ? others : { ...others, [blockId]: data }
  await updateWorkflow(workflowId, { pins })
  return pins
}
