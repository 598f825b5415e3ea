import type { JsonObject } from '../contract/json'
import { ApiError, call, messageOf } from './api-client'
import type { Autosave } from './autosave'
import type { Editor } from './editor'
import { readEvents } from './event-stream'
import { cancelExecution, loadExecution, openEvents } from './graph-client'
import { applyEvents, idleLive, liveOfLogs, startLive } from './live'

/** What to run: the whole graph, or whatever another streaming endpoint of the workflow runs. */
export interface RunRequest {
  /** Under the workflow's address; `execute/stream` unless said otherwise. */
  path?: string
  body: JsonObject
}

/** How asking for a run ended: `ended` with its execution painted whatever its status; `unsaved` when the newest edits
 *  could not be saved, so nothing was started; `refused` by the server, with its words; `left` when `signal` aborted. */
export type RunOutcome = { kind: 'ended' | 'unsaved' | 'left' } | { kind: 'refused'; error: ApiError | TypeError }

/** Waits before the stream is taken up again, in ms. After the last one it is given up. */
const resumeWaitsMs = [200, 1_000, 3_000, 5_000, 10_000]

/** Saves what is unsaved, runs, and paints the events as they come, taking the stream up again when it breaks. Aborting
 *  `signal` stops watching, not the execution. */
export async function startRun(
  editor: Editor,
  { autosave, request, signal }: { autosave: Autosave; request: RunRequest; signal: AbortSignal },
): Promise<RunOutcome> {
  if ((await autosave.flush()).state !== 'saved') return { kind: 'unsaved' }
  const before = editor.store.getState().live
  const { path = 'execute/stream', body } = request
  const { version } = editor.store.getState().graph
  editor.setLive((live) => ({ ...startLive(live), input: body['variables'] ?? null, version }))
  try {
    const response = await call(`/api/workflows/${editor.workflowId}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    })
    return await follow(editor, { response, signal })
  } catch (error) {
    if (signal.aborted) return { kind: 'left' }
    if (!(error instanceof ApiError || error instanceof TypeError)) throw error
    editor.setLive(() => before)
    return { kind: 'refused', error }
  }
}

/** Paints an execution: its logs at once, and what is still to come while it runs. `past` says that a person chose it
 *  among those that were: there is a way back from it. @throws ApiError. */
export async function watchExecution(
  editor: Editor,
  executionId: string,
  { signal, isPast = false }: { signal: AbortSignal; isPast?: boolean },
): Promise<void> {
  const before = editor.store.getState().live
  // Named before it is read: whoever reads or follows another one sees that it is wanted no more.
  editor.setLive((live) => ({ ...live, executionId }))
  const { execution, logs } = await loadExecution(editor.workflowId, executionId).catch((error: unknown) => {
    editor.setLive((live) => (live.executionId === executionId ? before : live))
    throw error
  })
  if (editor.store.getState().live.executionId !== executionId) return
  const liveId = before.past ? before.past.liveId : before.executionId
  const past = isPast ? { createdAt: execution.created_at, liveId } : null
  editor.setLive((live) => ({ ...liveOfLogs(live, execution, logs), past }))
  if (execution.status !== 'queued' && execution.status !== 'running') return
  const response = await openEvents(editor.workflowId, executionId, { lastEventId: 0, signal })
  await follow(editor, { response, signal, executionId })
}

/** Takes an execution that was chosen off the canvas: what was there before is painted again. @throws ApiError. */
export async function backToLive(editor: Editor, signal: AbortSignal): Promise<void> {
  const liveId = editor.store.getState().live.past?.liveId ?? null
  if (liveId !== null) return watchExecution(editor, liveId, { signal })
  editor.setLive(({ lastData }) => ({ ...idleLive, lastData }))
}

/** Asks the server to stop the painted execution. The stream tells when it has. @throws ApiError. */
export async function cancelRun(editor: Editor): Promise<void> {
  const { executionId } = editor.store.getState().live
  if (executionId !== null) await cancelExecution(editor.workflowId, executionId)
}

/** Reads a stream to the end of its execution, or until another execution is on the canvas. Without an id it is the one
 *  that was just asked for. */
async function follow(
  editor: Editor,
  start: { response: Response; signal: AbortSignal; executionId?: string },
): Promise<RunOutcome> {
  const { signal } = start
  let ownId = start.executionId ?? null
  let response: Response | null = start.response
  let lastEventId = 0
  for (let attempt = 0; ;) {
    try {
      for await (const batch of readEvents(response?.body ?? new Blob().stream())) {
        if (signal.aborted) return { kind: 'left' }
        attempt = 0
        if (!isShown(editor, ownId)) return { kind: 'left' }
        lastEventId = batch.lastEventId ?? lastEventId
        editor.setLive((live) => applyEvents(live, batch.events, Date.now()))
        ownId ??= editor.store.getState().live.executionId
        if (batch.events.some(({ type }) => type === 'done' || type === 'error')) return { kind: 'ended' }
      }
    } catch {
      // Broken off, which is like an end without a last event.
    }
    if (signal.aborted || !isShown(editor, ownId)) return { kind: 'left' }
    const waitMs = resumeWaitsMs[attempt++]
    if (ownId === null || waitMs === undefined) return giveUp(editor)
    await wait(waitMs, signal)
    response = await openEvents(editor.workflowId, ownId, { lastEventId, signal }).catch(() => null)
  }
}

function isShown(editor: Editor, ownId: string | null): boolean {
  return editor.store.getState().live.executionId === ownId
}

function giveUp(editor: Editor): RunOutcome {
  const message = `The connection to the run was lost. ${messageOf(null)}`
  editor.setLive((live) => ({ ...live, status: 'lost', error: { message, code: '' } }))
  return { kind: 'ended' }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
