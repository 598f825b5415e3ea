import 'server-only'
import type { PoolClient } from 'pg'
import { scopesOfRole } from '../contract/principal'
import { transaction } from '../data/database'
import { insertExecutions, type NewExecution } from '../data/executions'
import { advanceSchedules, lockDueSchedules, type DueSchedule } from '../data/schedules'
import { storeValue } from '../data/stored-values'
import { repeatAfter } from '../engine/repeat-after'
import { contextOf } from '../engine/run-context'
import { overlay } from '../engine/run-variables'
import { nextFireTimes } from '../graph/next-fire-times'
import type { ScheduleConfig } from '../graph/schedule-config'
import { executionTimeoutMs, maxSchedulesAtOnce } from '../limits'

/** What firing needs: ids and the queue. */
export interface ScheduleParts {
  newId(): string
  enqueue(executionIds: readonly string[], client: PoolClient): Promise<void>
}

/** Queues a run of every schedule whose time has come and sets its next time, in one transaction: a tick is never lost
 *  and never fires twice, however many processes ask at once. A schedule that is late runs once and goes on from now.
 *  Returns how many fired. */
export async function fireDueSchedules(parts: ScheduleParts): Promise<number> {
  let count = 0
  for (;;) {
    const fired = await fireBatch(parts)
    count += fired.length
    if (fired.length < maxSchedulesAtOnce) return count
  }
}

/** Fires again and again, `intervalMs` after the last look ended. A look that failed is told to `onError`; the next one
 *  makes up for it. */
export function startScheduleTimer(parts: ScheduleParts & { intervalMs: number; onError: (error: unknown) => void }): {
  stop(): Promise<void>
} {
  return repeatAfter(parts.intervalMs, () => fireDueSchedules(parts).catch(parts.onError))
}

function fireBatch(parts: ScheduleParts): Promise<NewExecution[]> {
  return transaction(async (client) => {
    const due = await lockDueSchedules(client, maxSchedulesAtOnce)
    if (due.length === 0) return []
    const rows = await Promise.all(due.map((schedule) => executionOf(schedule, parts.newId())))
    await insertExecutions(rows, client)
    await parts.enqueue(
      rows.map((row) => row.id),
      client,
    )
    await advanceSchedules(
      client,
      due.map((schedule) => ({ workflowId: schedule.workflowId, nextFireAt: nextFireAt(schedule) })),
    )
    return rows
  })
}

function nextFireAt({ config, anchorAt, runsSoFar, now }: DueSchedule): Date | null {
  // Written by deploy from a ScheduleConfig.
  const schedule = JSON.parse(config) as ScheduleConfig
  const isLast = schedule.max_runs !== null && runsSoFar + 1 >= schedule.max_runs
  return nextFireTimes(schedule, { after: now, anchor: anchorAt, count: isLast ? 0 : 1 })[0] ?? null
}

async function executionOf(schedule: DueSchedule, id: string): Promise<NewExecution> {
  const input = { _trigger: 'schedule' }
  const context = contextOf({
    principal: {
      kind: 'schedule',
      userId: schedule.ownerId,
      keyId: null,
      scopes: scopesOfRole[schedule.ownerRole ?? 'editor'],
    },
    timeoutMs: executionTimeoutMs,
    request: null,
    variables: overlay(schedule.variables, input),
  })
  return {
    id,
    workflowId: schedule.workflowId,
    version: schedule.deployedVersion,
    status: 'queued',
    trigger: 'schedule',
    triggerBlockId: null,
    userId: schedule.ownerId,
    runnerId: null,
    depth: 0,
    isDurable: true,
    originId: null,
    input: await storeValue(JSON.stringify(input)),
    context: JSON.stringify(context),
    createdAt: schedule.now,
    startedAt: null,
  }
}
