import 'server-only'
import { getApp } from './app'
import { idempotencyOf, prepareNewest, startRequest, takeFromAllowance } from './run-workflow'
import { replayEvents } from './replay-events'
import type { Call } from '../contract/endpoint'
import type { ExecutionEvent } from '../contract/execution'
import type { ExecutionParams } from '../contract/executions'
import type { ExecuteBody } from '../contract/runs'
import type { WorkflowParams } from '../contract/workflows'
import { readExecution, type RecordedExecution } from '../data/finished-executions'
import { streamTimeoutMs } from '../limits'
import { requireExecution } from './show-execution'

/** One frame of an event stream. */
export interface EventFrame {
  id: number
  data: ExecutionEvent
}

/** Runs the newest saved graph and gives its events as they happen. A watcher who leaves does not end the execution.
 *  Source: API contract, section 8. @throws as `runWorkflow` does, before the first event. */
export async function streamWorkflow(
  call: Call<WorkflowParams, object, ExecuteBody>,
): Promise<AsyncGenerator<EventFrame>> {
  takeFromAllowance(call)
  const { workflow, ready } = await prepareNewest(call, call.body.pins !== false)
  const { engine } = getApp()
  const outcome = await engine.start(
    startRequest(call, workflow, ready, {
      timeoutMs: streamTimeoutMs,
      isAsync: false,
      idempotency: idempotencyOf(call),
    }),
  )
  if (outcome.kind === 'inactive') throw new Error('a manual run spends no arm window')
  return eventsOf(outcome.executionId, 0)
}

/** Gives the events of an execution from a place in its stream on: live ones while it runs here, else those its logs
 *  tell of. @throws WORKFLOW_NOT_FOUND, NOT_FOUND. */
export async function watchExecution(
  call: Call<ExecutionParams, object, undefined>,
): Promise<AsyncGenerator<EventFrame>> {
  const { id, eid } = call.params
  await requireExecution(id, eid)
  const lastEventId = Number(call.request.headers.get('last-event-id') ?? 0)
  return eventsOf(eid, Number.isSafeInteger(lastEventId) ? lastEventId : 0)
}

async function* eventsOf(executionId: string, lastEventId: number): AsyncGenerator<EventFrame> {
  const { engine, remote } = getApp()
  const live = engine.watch(executionId, lastEventId)
  const hasEnded = async () => !isUnfinished(await readExecution(executionId))
  let lastSeen = lastEventId
  if (live || !(await hasEnded())) {
    for await (const { id, event } of live ?? remote.watch(executionId, lastEventId, hasEnded)) {
      lastSeen = id
      yield { id, data: event }
      if (event.type === 'done' || event.type === 'error') return
    }
  }
  // It ended before anyone watched, or with the process that ran it: its logs tell the rest.
  const execution = await readExecution(executionId)
  if (!execution) return
  const events = replayEvents(execution)
  yield* lastSeen < events.length ? events : events.slice(-1)
}

function isUnfinished(execution: RecordedExecution | null): boolean {
  return execution?.status === 'queued' || execution?.status === 'running'
}
