import 'server-only'
import { getApp } from './app'
import { graphInvalid } from './graph-invalid'
import type { ReadyVersion } from './prepare-run'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { JsonObject } from '../contract/json'
import type { TestRun } from '../engine/test-run'
import type { Plan } from '../graph/plan'

/** Loads a version of which one block is to run: what the others need, a model say, is nobody's concern then. Null when
 *  the version is gone. @throws GRAPH_INVALID. */
export async function loadPlan(workflowId: string, version: number): Promise<ReadyVersion | null> {
  const compiled = await getApp().plans.load(workflowId, version)
  if (!compiled) return null
  if (!compiled.plan) throw graphInvalid(compiled.issues)
  return { ...compiled, plan: compiled.plan }
}

/** Makes sure that a block can be run by itself, with its config edited or not. An edited config may send a workflow's
 *  secrets elsewhere or run other code, so it takes the right to edit the graph.
 *  @throws VALIDATION_ERROR, FORBIDDEN. */
export function editedBlock(
  call: Pick<Call, 'principal'>,
  plan: Plan,
  blockId: string,
  config: JsonObject | null,
): TestRun['overlay'] {
  const index = plan.indexOfId.get(blockId)
  const block = index === undefined ? undefined : plan.blocks[index]?.block
  if (!block) throw new AppError('VALIDATION_ERROR', `The workflow has no block ${blockId}`)
  if (!block.enabled) throw new AppError('VALIDATION_ERROR', `Block ${blockId} is disabled: enable it to run it`)
  if (config === null) return null
  if (!call.principal.scopes.includes('write'))
    throw new AppError('FORBIDDEN', 'Running a block with an edited config needs the scope "write"')
  return { blockId, config }
}
