import 'server-only'
import { performOrchestration } from './perform-orchestration'
import { BlockError, type OrchestrationAnswer, type OrchestrationRequest } from '../blocks/contract'
import { isUuid } from '../contract/ids'
import { readOrchestration } from '../data/orchestrations'
import type { AgentCaller } from '../engine/running-execution'

/** Runs the orchestration of a block; the text of its final answer is streamed. @throws BlockError when it fails. */
export async function runOrchestrationBlock(
  request: OrchestrationRequest,
  caller: AgentCaller,
): Promise<OrchestrationAnswer> {
  const { orchestrationId } = request
  const orchestration = isUuid(orchestrationId) ? await readOrchestration(orchestrationId) : null
  if (!orchestration) throw new BlockError(`There is no orchestration ${orchestrationId} (config.orchestration_id)`)
  if (request.input.trim() === '') throw new BlockError('The orchestration has no task: fill input')
  const { output, status, steps, usage } = await performOrchestration(orchestration, request.input, {
    principal: caller.principal,
    depth: caller.depth,
    signal: caller.signal,
    origin: { executionId: caller.executionId, blockId: caller.blockId },
    onText: caller.onText,
    onStep: (member) => caller.onStep({ kind: 'member', member }),
    onStepText: (index, chunk) => caller.onStep({ kind: 'member_text', index, chunk }),
  })
  return { output, status, steps: steps.map((step) => ({ ...step })), usage }
}
