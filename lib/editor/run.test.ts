import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { catalog } from '../blocks/catalog'
import { createAutosave } from './autosave'
import { dropBlock } from './canvas-actions'
import { createEditor } from './editor'
import { loadGraph, saveGraph } from './graph-client'
import { backToLive, cancelRun, startRun, watchExecution } from './run'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

const routes = new Map<string, Answer>()
const asked: string[] = []
const server = createServer((request, response) => {
  const key = `${request.method ?? ''} ${request.url ?? ''}`
  asked.push(`${key} ${request.headers['last-event-id'] ?? ''}`.trim())
  request.resume().on('end', () => {
    const answer = routes.get(key)
    if (answer) answer(request, response)
    else
      response
        .writeHead(404, { 'content-type': 'application/json' })
        .end('{"error":"nothing here","error_code":"NOT_FOUND"}')
  })
})

beforeEach(async () => {
  routes.clear()
  asked.length = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address of this shape.
  const { port } = server.address() as AddressInfo
  const { fetch } = globalThis
  // A page's fetch knows where it is; here every path begins at the test's server.
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => fetch(new URL(path, `http://127.0.0.1:${port}`), init))
})
afterEach(async () => {
  vi.unstubAllGlobals()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const json =
  (value: unknown, status = 200): Answer =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

const frame = (id: number, data: unknown) => `id: ${id}\ndata: ${JSON.stringify(data)}\n\n`
const frames = [
  frame(1, { type: 'execution_start', execution_id: 'x' }),
  frame(2, { type: 'block_start', block_id: 'a', block_type: 'code' }),
  frame(3, { type: 'block_complete', block_id: 'a', block_type: 'code', data: { output: 5 }, duration_ms: 2 }),
  frame(4, { type: 'done', execution_id: 'x', status: 'completed', output: 5 }),
]
const stream =
  (some: string[], isCut = false): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(some.join(''), () => (isCut ? response.destroy() : response.end()))
  }

function open() {
  const editor = createEditor({ workflowId: 'w', graph: { blocks: [], edges: [] }, version: 1, catalog })
  const autosave = createAutosave(editor, {
    save: (graph, base) => saveGraph('w', graph, base),
    load: () => loadGraph('w'),
    announce: () => undefined,
  })
  autosave.start()
  const { signal } = new AbortController()
  return {
    editor,
    live: () => editor.store.getState().live,
    run: () => startRun(editor, { autosave, request: { body: {} }, signal }),
    signal,
  }
}

it('saves first, then runs and paints to the end', async () => {
  routes.set('PUT /api/workflows/w/graph', json({ ok: true, version: 2, issues: [] }))
  routes.set('POST /api/workflows/w/execute/stream', stream(frames))
  const { editor, run, live } = open()
  dropBlock(editor, { type: 'code', position: { x: 0, y: 0 } })
  expect(await run()).toEqual({ kind: 'ended' })
  expect(asked).toEqual(['PUT /api/workflows/w/graph', 'POST /api/workflows/w/execute/stream'])
  expect(live()).toMatchObject({ status: 'completed', output: 5 })
  expect(live().blocks.get('a')).toMatchObject({ status: 'success', data: { output: 5 } })
})

it('runs nothing when the newest edits cannot be saved', async () => {
  routes.set('PUT /api/workflows/w/graph', json({ error: 'no', error_code: 'FORBIDDEN' }, 403))
  const { editor, run, live } = open()
  dropBlock(editor, { type: 'code', position: { x: 0, y: 0 } })
  expect(await run()).toEqual({ kind: 'unsaved' })
  expect([asked.length, live().status]).toEqual([1, 'idle'])
})

it('takes a stream up again where it broke', async () => {
  routes.set('POST /api/workflows/w/execute/stream', stream(frames.slice(0, 2), true))
  routes.set('GET /api/workflows/w/executions/x/events', stream(frames.slice(2)))
  const { run, live } = open()
  expect(await run()).toEqual({ kind: 'ended' })
  expect(asked.at(-1)).toBe('GET /api/workflows/w/executions/x/events 2')
  expect(live()).toMatchObject({ status: 'completed', output: 5 })
})

it('hands on what the server refused, and leaves the last execution painted', async () => {
  const issues = [{ code: 'cycle' }]
  routes.set(
    'POST /api/workflows/w/execute/stream',
    json({ error: 'a cycle', error_code: 'GRAPH_INVALID', issues }, 422),
  )
  const { run, live } = open()
  expect(await run()).toMatchObject({ kind: 'refused', error: { code: 'GRAPH_INVALID', details: { issues } } })
  expect(live().status).toBe('idle')
})

it('paints an execution of the past, and asks the server to stop one', async () => {
  routes.set(
    'GET /api/workflows/w/executions/x',
    json({ id: 'x', status: 'cancelled', output: null, error: 'Cancelled', error_code: 'EXECUTION_CANCELLED' }),
  )
  routes.set('GET /api/workflows/w/executions/x/logs?include=skipped', json({ block_logs: [] }))
  routes.set('POST /api/workflows/w/executions/x/cancel', json({ ok: true, status: 'cancelled' }))
  const { editor, live, signal } = open()
  await watchExecution(editor, 'x', { signal })
  expect(live()).toMatchObject({ status: 'cancelled', executionId: 'x' })
  await cancelRun(editor)
  expect(asked.at(-1)).toBe('POST /api/workflows/w/executions/x/cancel')
})

it('goes back from an execution that was chosen to the one before it, or to none', async () => {
  for (const id of ['old', 'new']) {
    const path = `GET /api/workflows/w/executions/${id}`
    routes.set(path, json({ id, status: 'completed', output: id, error: null, error_code: null, created_at: 'then' }))
    routes.set(`${path}/logs?include=skipped`, json({ block_logs: [] }))
  }
  const { editor, live, signal } = open()
  await watchExecution(editor, 'old', { signal, isPast: true })
  expect(live().past).toEqual({ createdAt: 'then', liveId: null })
  await backToLive(editor, signal)
  expect(live()).toMatchObject({ status: 'idle', past: null })
  await watchExecution(editor, 'new', { signal })
  await watchExecution(editor, 'old', { signal, isPast: true })
  expect(live()).toMatchObject({ output: 'old', past: { liveId: 'new' } })
  await backToLive(editor, signal)
  expect(live()).toMatchObject({ output: 'new', past: null })
})

it('is not painted over by a run that another execution was chosen instead of', async () => {
  let goOn: () => void = () => undefined
  routes.set('POST /api/workflows/w/execute/stream', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(frames[0])
    goOn = () => response.end(frames.slice(1).join(''))
  })
  const old = { id: 'old', status: 'completed', output: 'old', error: null, error_code: null, created_at: 'then' }
  routes.set('GET /api/workflows/w/executions/old', json(old))
  routes.set('GET /api/workflows/w/executions/old/logs?include=skipped', json({ block_logs: [] }))
  const { editor, run, live, signal } = open()
  const running = run()
  await expect.poll(() => live().status).toBe('running')
  await watchExecution(editor, 'old', { signal, isPast: true })
  goOn()
  expect(await running).toEqual({ kind: 'left' })
  expect(live()).toMatchObject({ executionId: 'old', output: 'old', past: { liveId: 'x' } })
})
