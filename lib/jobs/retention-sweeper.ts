import 'server-only'
import {
  deleteOldExecutions,
  findRetentionEnd,
  readRetainedWorkflows,
  type HistoryPlace,
  type RetainedWorkflow,
  type RetentionRule,
} from '../data/retention'
import { repeatAfter } from '../engine/repeat-after'
import { retentionBatchExecutions, retentionBatchesPerWorkflow } from '../limits'

/** Deletes the executions that are past retention, workflow by workflow, one small transaction after the other: none
 *  holds a lock that a run waits for. Several processes may sweep at once; each row goes once. A workflow with more to
 *  delete than `retentionBatchesPerWorkflow` batches goes on in the next sweep. Returns how many went. */
export async function sweepOldExecutions(
  standard: RetentionRule,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  let deleted = 0
  for (const workflow of await readRetainedWorkflows(standard)) {
    if (signal.aborted) break
    deleted += await sweepWorkflow(workflow, signal)
  }
  return deleted
}

/** Sweeps again and again, `intervalMs` after the last sweep ended. A sweep that failed is told to `onError`, and the next
 *  one makes up for it. */
export function startRetentionSweeper(options: {
  standard: RetentionRule
  intervalMs: number
  onDeleted: (executions: number) => void
  onError: (error: unknown) => void
}): { stop(): Promise<void> } {
  const abort = new AbortController()
  const timer = repeatAfter(options.intervalMs, () =>
    sweepOldExecutions(options.standard, abort.signal).then(options.onDeleted).catch(options.onError),
  )
  return {
    async stop() {
      abort.abort()
      await timer.stop()
    },
  }
}

async function sweepWorkflow(workflow: RetainedWorkflow, signal: AbortSignal): Promise<number> {
  const upTo = await findRetentionEnd(workflow)
  if (!upTo) return 0
  let deleted = 0
  // Each batch goes on after the last one: what has to stay is passed over once a sweep, not once a batch.
  let after: HistoryPlace | null = null
  for (let batch = 0; batch < retentionBatchesPerWorkflow && !signal.aborted; batch++) {
    const step = await deleteOldExecutions(workflow.workflowId, { after, upTo, maxRows: retentionBatchExecutions })
    deleted += step.deleted
    if (!step.next) break
    after = step.next
  }
  return deleted
}
