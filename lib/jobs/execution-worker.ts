import 'server-only'
import type { ExecutionQueue } from './execution-queue'
import { claimExecutions, type ClaimedRow } from '../data/claims'
import { finishExecutions } from '../data/finish-executions'
import { readSettledLogs } from '../data/settled-logs'
import { storeValue } from '../data/stored-values'
import type { Claimed, Engine } from '../engine/engine'
import { createGroupCommit } from '../engine/group-commit'
import type { Plans } from '../engine/plans'
import { runContextSchema } from '../engine/run-context'
import { executionQueueBatch } from '../limits'

interface WorkerParts {
  queue: ExecutionQueue
  engine: Engine
  plans: Plans
  runnerId: string
}

/** Runs queued executions in this process, as many as it has places for. An execution that another process left behind
 *  goes on where its last settled block stands. */
export async function startExecutionWorker(parts: WorkerParts): Promise<void> {
  const claim = createGroupCommit<string, ClaimedRow | null>((ids) => claimExecutions(ids, parts.runnerId), {
    maxBatchItems: executionQueueBatch,
    maxBatchWeight: executionQueueBatch,
    weigh: () => 1,
  })
  await parts.queue.work(async (executionIds) => {
    await Promise.all(
      executionIds.map((id) =>
        parts.engine.runQueued(async () => {
          const row = await claim(id)
          return row ? prepare(row, parts) : null
        }),
      ),
    )
  })
}

async function prepare(row: ClaimedRow, { plans, runnerId }: WorkerParts): Promise<Claimed | null> {
  const compiled = await plans.load(row.workflowId, row.version)
  const context = runContextSchema.safeParse(JSON.parse(row.context ?? 'null'))
  if (!compiled?.plan || !context.success) {
    await refuse(row, runnerId)
    return null
  }
  const { principal, timeoutMs, request, variables, caller = null, test = null } = context.data
  return {
    row,
    settled: row.takeovers > 0 || row.originId !== null ? await readSettledLogs(row.id) : [],
    request: {
      workflowId: row.workflowId,
      version: row.version,
      plan: compiled.plan,
      trigger: row.trigger,
      triggerBlockId: row.triggerBlockId,
      input: row.inputValue,
      variables,
      request,
      principal: { ...principal, userId: row.userId },
      depth: row.depth,
      timeoutMs,
      isAsync: true,
      resumes: false,
      originId: row.originId,
      caller,
      test,
      idempotency: null,
      spendsArm: false,
    },
  }
}

async function refuse(row: ClaimedRow, runnerId: string): Promise<void> {
  await finishExecutions([
    {
      id: row.id,
      runnerId,
      status: 'failed',
      output: await storeValue('null'),
      error: `Version ${row.version} of the workflow can no longer be read`,
      errorCode: 'EXECUTION_FAILED',
      failedBlock: null,
      response: null,
      completedAt: new Date(),
    },
  ])
}
