import 'server-only'
import { forgetfulJournal } from './forgetful-journal'
import { runExecution, type FinishedExecution } from './run-execution'
import { LiveExecution, type NumberedEvent } from './live-executions'
import { contextOf } from './run-context'
import type { EngineDependencies } from './running-execution'
import { createPlaces, type Place } from './places'
import { StopReason, type StartRequest } from './start-request'
import { AppError } from '../contract/errors'
import { admitGuarded } from '../data/admission'
import type { NewBlockLog } from '../data/block-logs'
import type { NewExecution } from '../data/executions'
import { insertSettledLogs } from '../data/settled-logs'
import { storeValue } from '../data/stored-values'
import {
  admissionWaitMs,
  drainTimeoutMs,
  finishedEventsKeptMs,
  maxExecutionsAtOnce,
  maxExecutionsAtOncePerWebhook,
  maxExecutionsAtOncePerWorkflow,
} from '../limits'

/** `queued`: a worker will run it. `duplicate`: the idempotency key belongs to that execution. `inactive`: another call took the arm window. */
export type StartOutcome =
  | { kind: 'started'; executionId: string; finished: Promise<FinishedExecution> }
  | { kind: 'queued'; executionId: string }
  | { kind: 'duplicate'; executionId: string }
  | { kind: 'inactive' }

export interface Engine {
  /** Records an execution, then runs it here, or puts it into the queue. @throws OVERLOADED when no place came free in
   *  time (sync only). */
  start(request: StartRequest): Promise<StartOutcome>
  /** Runs a plan that is not saved, once, and records nothing of it. It ends with `signal`. @throws as `start` does. */
  rehearse(request: StartRequest, signal: AbortSignal): Promise<FinishedExecution>
  /** Waits for a place, then claims a queued execution and runs it here. Resolves once it runs, or when `claim` found
   *  nothing to run. */
  runQueued(claim: () => Promise<Claimed | null>): Promise<void>
  /** Stops the work of an execution that runs here and waits until it is recorded. False when it does not run here. */
  cancel(executionId: string): Promise<boolean>
  /** Cancels every execution of a workflow that runs here. */
  cancelWorkflow(workflowId: string): Promise<void>
  /** Events of an execution that runs here or ended here moments ago; null otherwise. */
  watch(executionId: string, lastEventId: number): AsyncGenerator<NumberedEvent> | null
  /** Refuses new executions and waits for the running ones, `drainTimeoutMs` at most. */
  drain(): Promise<void>
  /** Tells whether an execution runs here, or ended here moments ago. */
  isRunning(executionId: string): boolean
  /** Executions running here now. */
  runningCount(): number
}

/** A queued execution that is this process's to run now. `settled` are the logs of blocks it needs no more. */
export interface Claimed {
  row: NewExecution
  request: StartRequest
  settled: readonly NewBlockLog[]
}

interface Entry {
  live: LiveExecution
  finished: Promise<FinishedExecution>
}

/** Opens the engine of this process. `runnerId` names the process in the database. */
export function createEngine(dependencies: EngineDependencies, runnerId: string): Engine {
  const entries = new Map<string, Entry>()
  const places = createPlaces()
  let isDraining = false

  async function start(request: StartRequest): Promise<StartOutcome> {
    if (isDraining) throw overloaded('the server is shutting down')
    if (request.isAsync) return enqueue(request)
    const place = await places.take(placesFor(request), admissionWaitMs)
    if (typeof place !== 'function') throw overloaded(`${place.count} executions of ${place.key} are running already`)
    let holdsPlace = true
    try {
      const row = await newRow(request, dependencies, runnerId)
      const admission = await admit(row, request)
      if (admission.kind !== 'admitted') return admission
      holdsPlace = false
      return {
        kind: 'started',
        executionId: row.id,
        finished: launch({ row, request, settled: request.settled ?? [] }, place),
      }
    } finally {
      if (holdsPlace) place()
    }
  }

  async function rehearse(request: StartRequest, signal: AbortSignal): Promise<FinishedExecution> {
    if (isDraining) throw overloaded('the server is shutting down')
    const place = await places.take(placesFor(request), admissionWaitMs)
    if (typeof place !== 'function') throw overloaded(`${place.count} executions of ${place.key} are running already`)
    const live = new LiveExecution(request.workflowId, new AbortController())
    const stop = () => live.abort.abort(new StopReason('cancelled', 'The test run was stopped'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    try {
      const row = await newRow(request, dependencies, runnerId)
      const alone = { ...dependencies, journal: forgetfulJournal, observer: undefined }
      return await runExecution({ row, request, settled: [], runnerId, live }, alone)
    } finally {
      signal.removeEventListener('abort', stop)
      live.end()
      place()
    }
  }

  async function enqueue(request: StartRequest): Promise<StartOutcome> {
    const row = await newRow(request, dependencies, null)
    const admission = needsTransaction(request)
      ? await admitGuarded(row, request, async (client) => {
          await insertSettledLogs(row.id, request.settled ?? [], client)
          await dependencies.enqueue([row.id], client)
        })
      : await dependencies.journal.enqueue(row).then(() => ({ kind: 'admitted' as const }))
    if (admission.kind !== 'admitted') return admission
    return { kind: 'queued', executionId: row.id }
  }

  async function admit(row: NewExecution, request: StartRequest) {
    if (needsTransaction(request))
      return admitGuarded(row, request, (client) => insertSettledLogs(row.id, request.settled ?? [], client))
    if (request.isToldAtEnd && !row.isDurable) dependencies.journal.open(row)
    else await dependencies.journal.begin(row)
    return { kind: 'admitted' as const }
  }

  function launch(claimed: Claimed, givePlaceBack: () => void): Promise<FinishedExecution> {
    const { row, request } = claimed
    const live = new LiveExecution(request.workflowId, new AbortController())
    const finished = runExecution({ ...claimed, runnerId, live }, dependencies).finally(() => {
      live.end()
      givePlaceBack()
      // Streams that were watched stay readable for a moment, so that a client can reconnect and see the end.
      if (live.wasWatched) setTimeout(() => entries.delete(row.id), finishedEventsKeptMs).unref()
      else entries.delete(row.id)
    })
    entries.set(row.id, { live, finished })
    // A caller may have gone; the failure is the awaiting caller's to see.
    finished.catch(() => undefined)
    return finished
  }

  async function runQueued(claim: () => Promise<Claimed | null>): Promise<void> {
    const place = await places.take([processPlace], Number.MAX_SAFE_INTEGER)
    if (typeof place !== 'function') return runQueued(claim)
    let holdsPlace = true
    try {
      const claimed = isDraining ? null : await claim()
      if (!claimed) return
      holdsPlace = false
      void launch(claimed, place)
    } finally {
      if (holdsPlace) place()
    }
  }

  async function stop(entry: Entry, reason: StopReason): Promise<void> {
    entry.live.abort.abort(reason)
    await entry.finished.catch(() => undefined)
  }

  return {
    start,
    rehearse,
    runQueued,
    async cancel(executionId) {
      const entry = entries.get(executionId)
      if (!entry) return false
      await stop(entry, new StopReason('cancelled', 'The execution was cancelled'))
      return true
    },
    async cancelWorkflow(workflowId) {
      const own = [...entries.values()].filter((entry) => entry.live.workflowId === workflowId)
      await Promise.all(own.map((entry) => stop(entry, new StopReason('cancelled', 'The workflow was deleted'))))
    },
    watch: (executionId, lastEventId) => entries.get(executionId)?.live.watch(lastEventId) ?? null,
    async drain() {
      isDraining = true
      const all = Promise.allSettled([...entries.values()].map((entry) => entry.finished))
      let timer: NodeJS.Timeout | undefined
      await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, drainTimeoutMs)))])
      clearTimeout(timer)
    },
    isRunning: (executionId) => entries.has(executionId),
    runningCount: () => [...entries.values()].filter((entry) => !entry.live.hasEnded).length,
  }
}

/** A start that writes more than its row stands alone; the others share their writes. */
function needsTransaction(request: StartRequest): boolean {
  return request.idempotency !== null || request.spendsArm || (request.settled?.length ?? 0) > 0
}

const processPlace: Place = { key: 'this process', count: maxExecutionsAtOnce }

/** Where a run that its caller waits for needs a place. The narrowest comes first: a busy webhook holds nothing back. */
function placesFor(request: StartRequest): Place[] {
  const workflow = { key: `workflow ${request.workflowId}`, count: maxExecutionsAtOncePerWorkflow }
  if (request.triggerBlockId === null) return [workflow, processPlace]
  const webhook = {
    key: `webhook ${request.triggerBlockId} of workflow ${request.workflowId}`,
    count: maxExecutionsAtOncePerWebhook,
  }
  return [webhook, workflow, processPlace]
}

async function newRow(
  request: StartRequest,
  dependencies: EngineDependencies,
  runnerId: string | null,
): Promise<NewExecution> {
  const now = dependencies.now()
  return {
    id: dependencies.newId(),
    workflowId: request.workflowId,
    version: request.version,
    status: request.isAsync ? 'queued' : 'running',
    trigger: request.trigger,
    triggerBlockId: request.triggerBlockId,
    userId: request.principal.userId,
    runnerId,
    depth: request.depth,
    isDurable: request.isAsync || request.resumes,
    originId: request.originId,
    input: await storeValue(JSON.stringify(request.input)),
    context: request.isAsync || request.resumes || request.request ? JSON.stringify(contextOf(request)) : null,
    createdAt: now,
    startedAt: request.isAsync ? null : now,
  }
}

function overloaded(why: string): AppError {
  return new AppError(
    'OVERLOADED',
    `Cannot start the execution: ${why}. Try again shortly`,
    {},
    { retryAfterSeconds: 2 },
  )
}
