import 'server-only'
import { deleteExpiredIdempotencyKeys } from '../data/admission'
import type { PoolClient } from 'pg'
import { findRunning, recoverInterrupted } from '../data/claims'
import { beatHeart, removeRunner } from '../data/runners'
import { maxSweptRows, runnerHeartbeatMs, runnerLeaseMs } from '../limits'

/** Keeps this process known as alive, and ends what dead processes left behind. */
export interface Lease {
  release(): Promise<void>
}

/** Registers the process, then beats every `runnerHeartbeatMs`. Each beat also recovers the executions of processes
 *  whose last beat is older than `runnerLeaseMs` (see `recoverInterrupted`), and forgets expired idempotency keys. A beat that cannot be written is told
 *  to `onError` and tried again at the next.
 *
 *  While the database was away nobody could beat, so after a failed beat nobody counts as dead for a lease's time.
 *
 *  An execution can be lost in a living process too: its start or its end was written while the database went away, and
 *  the process never heard of it. One that is this runner's but not `isRunning` at two beats on end is recovered alike. */
export async function takeLease(
  runnerId: string,
  {
    enqueue,
    isRunning,
    onError,
  }: {
    enqueue: (executionIds: readonly string[], client: PoolClient) => Promise<void>
    isRunning: (executionId: string) => boolean
    onError: (error: unknown) => void
  },
): Promise<Lease> {
  let missing = new Set<string>()
  let failedAtMs = -Infinity
  const beat = async () => {
    await beatHeart(runnerId)
    const unknown = (await findRunning(runnerId)).filter((executionId) => !isRunning(executionId))
    const lost = unknown.filter((executionId) => missing.has(executionId))
    missing = new Set(unknown)
    const othersCouldBeat = performance.now() - failedAtMs > runnerLeaseMs
    await recoverInterrupted({ leaseMs: othersCouldBeat ? runnerLeaseMs : null, enqueue, lost })
    await deleteExpiredIdempotencyKeys(maxSweptRows)
  }
  await beat()
  const failed = (error: unknown) => {
    failedAtMs = performance.now()
    onError(error)
  }
  const timer = setInterval(() => void beat().catch(failed), runnerHeartbeatMs)
  return {
    async release() {
      clearInterval(timer)
      await removeRunner(runnerId).catch(onError)
    },
  }
}
