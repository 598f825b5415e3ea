import 'server-only'
import { asAppError } from './model-failure'
import { requireOrchestration } from './orchestrations'
import { performOrchestration, type OrchestrationCaller } from './perform-orchestration'
import { takeFromAllowance } from './run-workflow'
import { streamOf } from './stream-frames'
import type { Call } from '../contract/endpoint'
import type {
  OrchestrationEvent,
  OrchestrationItem,
  OrchestrationParams,
  OrchestrationResult,
  RunOrchestrationBody,
} from '../contract/orchestrations'
import { executionTimeoutMs } from '../limits'

type RunCall = Call<OrchestrationParams, object, RunOrchestrationBody> & { depth?: number }
type Listener = Pick<OrchestrationCaller, 'onText' | 'onStep' | 'onStepText'>

const nobody: Listener = { onText: () => undefined, onStep: () => undefined, onStepText: () => undefined }

/** Runs an orchestration. The client that leaves ends the run. @throws NOT_FOUND, RATE_LIMITED, MODEL_NOT_CONFIGURED,
 *  EXECUTION_FAILED, EXECUTION_TIMEOUT. */
export async function runOrchestration(call: RunCall): Promise<OrchestrationResult> {
  takeFromAllowance(call)
  return perform(call, await requireOrchestration(call.params.id), { listener: nobody, stop: call.request.signal })
}

/** As `runOrchestration`, told as it happens. @throws NOT_FOUND, RATE_LIMITED before the first frame. */
export async function streamOrchestration(call: RunCall): Promise<AsyncIterableIterator<{ data: OrchestrationEvent }>> {
  takeFromAllowance(call)
  const orchestration = await requireOrchestration(call.params.id)
  return streamOf<OrchestrationEvent>(call.request.signal, async (tell, stop) => {
    tell({ type: 'run_start', orchestration_id: orchestration.id, strategy: orchestration.strategy })
    const listener: Listener = {
      onText: (chunk) => tell({ type: 'chunk', chunk }),
      onStep: (step) => tell({ type: step.status === 'running' ? 'step_start' : 'step_end', step }),
      onStepText: (index, chunk) => tell({ type: 'step_chunk', index, chunk }),
    }
    tell({ type: 'done', ...(await perform(call, orchestration, { listener, stop })) })
  })
}

async function perform(
  call: RunCall,
  orchestration: OrchestrationItem,
  { listener, stop }: { listener: Listener; stop: AbortSignal },
): Promise<OrchestrationResult> {
  try {
    return await performOrchestration(orchestration, call.body.message ?? call.body.input ?? '', {
      ...listener,
      principal: call.principal,
      depth: (call.depth ?? 0) + 1,
      signal: AbortSignal.any([stop, AbortSignal.timeout(executionTimeoutMs)]),
      origin: { executionId: null, blockId: null },
    })
  } catch (error) {
    throw asAppError(error)
  }
}
