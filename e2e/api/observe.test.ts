import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callWebhook, createWorkflow, mintWebhook, send } from './client'
import { startServer, type TestServer } from '../../test/server'
import { startTraceReceiver } from '../../test/trace-receiver'

let server: TestServer
let traces: Awaited<ReturnType<typeof startTraceReceiver>>
const called: IncomingHttpHeaders[] = []
const service = createServer((request, response) => {
  called.push(request.headers)
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
})
let serviceUrl = ''
const traceId = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${traceId}-b7ad6b7169203331-01`
const secret = 'a-secret-that-no-log-may-show'

beforeAll(async () => {
  traces = await startTraceReceiver()
  service.listen(0, '127.0.0.1')
  await once(service, 'listening')
  serviceUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}/`
  const OTEL_EXPORTER_OTLP_ENDPOINT = traces.endpoint
  server = await startServer({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT, SLUICE_LOG_LEVEL: 'debug', SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' },
  })
  await send(server, 'PUT', '/api/settings/secrets/TOKEN', { body: { value: secret } })
})
afterAll(async () => {
  await server.stop()
  await traces.close()
  service.closeAllConnections()
  service.close()
})

const calling = () => ({
  blocks: [
    { id: 's', type: 'starter' },
    { id: 'call', type: 'general_api', config: { url: serviceUrl, headers: { 'x-token': '{{secrets.TOKEN}}' } } },
    { id: 'r', type: 'response' },
  ],
  edges: [
    { source: 's', target: 'call' },
    { source: 'call', target: 'r' },
  ],
})

/** The spans of an execution, once they have been sent (every 5 s). */
async function spansOf(executionId: unknown) {
  const whole = () => traces.spans.find(({ attributes }) => attributes['sluice.execution.id'] === executionId)
  await expect.poll(whole).toBeDefined()
  return { whole: whole(), blocks: traces.spans.filter(({ parentSpanId }) => parentSpanId === whole()?.spanId) }
}

describe('traces', () => {
  it("an execution goes on in its caller's trace, and what it calls is told the block's span", async () => {
    const id = await createWorkflow(server, calling())
    called.length = 0
    const ran = await send(server, 'POST', `/api/workflows/${id}/execute`, {
      body: {},
      headers: { traceparent, tracestate: 'vendor=value' },
    })
    const { whole, blocks } = await spansOf(ran.body['execution_id'])
    expect(whole).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331', name: 'execution', service: 'sluice' })
    expect(blocks.map(({ name }) => name).sort()).toEqual(['block general_api', 'block response', 'block starter'])
    const caller = blocks.find(({ name }) => name === 'block general_api')
    expect(called).toMatchObject([
      { traceparent: `00-${traceId}-${caller?.spanId ?? ''}-01`, tracestate: 'vendor=value' },
    ])
  })

  it('a webhook call that is answered at once takes its trace through the queue', async () => {
    const hook = mintWebhook()
    const id = await createWorkflow(server, { blocks: [{ id: 'w', type: 'webhook', config: hook }] })
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    const headers = { traceparent, prefer: 'respond-async' }
    const queued = await callWebhook(server, hook, { body: {}, headers })
    expect(queued.status).toBe(202)
    const { whole } = await spansOf(queued.body['execution_id'])
    expect(whole).toMatchObject({ traceId, attributes: { 'sluice.trigger': 'webhook' } })
  })

  it('shows nothing of a secret', () => {
    expect(traces.spans.length).toBeGreaterThan(0)
    expect(JSON.stringify(traces.spans)).not.toContain(secret)
  })
})

describe('metrics', () => {
  it('count what ran, and tell of queue, sandboxes, event loop and database', async () => {
    const id = await createWorkflow(server, calling())
    await send(server, 'POST', `/api/workflows/${id}/execute`, { body: {} })
    const metrics = await send(server, 'GET', '/api/metrics')
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    for (const line of [
      /^sluice_executions_total\{status="completed",trigger="manual"\} [1-9]/m,
      /^sluice_block_duration_seconds_count\{type="general_api",result="success"\} [1-9]/m,
      /^sluice_queue_waiting \d/m,
      /^sluice_queue_oldest_seconds \d/m,
      /^sluice_sandbox_workers\{language="javascript",state="idle"\} \d/m,
      /^nodejs_eventloop_lag_seconds \d/m,
      /^sluice_database_connections\{state="idle"\} \d/m,
    ])
      expect(metrics.text).toMatch(line)
  })

  it('are for admins alone', async () => {
    const body = { name: 'reader', scopes: ['read'] }
    const owner = { email: 'o@example.com', password: 'long enough to be one' }
    await send(server, 'POST', '/api/auth/first-run', { body: owner, key: null })
    const { key } = (await send(server, 'POST', '/api/settings/api-keys', { body })).body as unknown as { key: string }
    expect((await send(server, 'GET', '/api/metrics', { key })).status).toBe(403)
    expect((await send(server, 'GET', '/api/metrics', { key: null })).status).toBe(401)
    expect((await send(server, 'GET', '/api/stats', { key })).status).toBe(200)
    expect((await send(server, 'GET', '/api/health', { key })).body).not.toHaveProperty('storage')
  })
})

describe('logs', () => {
  it('name a failed execution with its ids, without the secrets it used', async () => {
    const graph = calling()
    const url = `http://127.0.0.1:1/?key={{secrets.TOKEN}}`
    graph.blocks[1] = { id: 'call', type: 'general_api', config: { url, headers: { 'x-token': '{{secrets.TOKEN}}' } } }
    const id = await createWorkflow(server, graph)
    const failed = await send(server, 'POST', `/api/workflows/${id}/execute`, { body: {} })
    expect(failed.status).toBe(500)
    const lines = server.output().split('\n')
    const line = lines.find((text) => text.includes('execution failed') && text.includes(id)) ?? '{}'
    expect(JSON.parse(line)).toMatchObject({
      level: 30,
      execution_id: failed.body['execution_id'],
      workflow_id: id,
      error_code: 'EXECUTION_FAILED',
      block_id: 'call',
    })
    expect(server.output()).not.toContain(secret)
  })
})

describe('stats', () => {
  it('sum the last hours up, and refuse hours there are none of', async () => {
    const id = await createWorkflow(server, { blocks: [{ id: 's', type: 'starter' }] })
    await send(server, 'POST', `/api/workflows/${id}/execute`, { body: {} })
    const stats = await send(server, 'GET', '/api/stats?hours=2')
    expect(stats.body).toMatchObject({ hours: 2, is_complete: true })
    expect(Number(stats.body['total'])).toBeGreaterThan(0)
    const refused = await send(server, 'GET', '/api/stats?hours=never')
    expect(refused).toMatchObject({
      status: 400,
      body: { error_code: 'VALIDATION_ERROR', issues: [{ path: 'hours' }] },
    })
  })
})

describe('health', () => {
  it('stays small for strangers, and tells admins what is stored', async () => {
    const open = await send(server, 'GET', '/api/health', { key: null })
    expect(Object.keys(open.body).sort()).toEqual(['database', 'javascript', 'python', 'status', 'version'])
    expect((await send(server, 'GET', '/api/health', { key: 'a-wrong-key-of-some-length' })).body).toEqual(open.body)
    const { storage } = (await send(server, 'GET', '/api/health')).body as unknown as { storage: object[] }
    expect(storage).toMatchObject(
      ['executions', 'block_logs', 'large_values'].map((table) => ({
        table,
        size_bytes: expect.any(Number) as number,
      })),
    )
    const { oldest_at } = storage[0] as { oldest_at: string }
    expect(Date.now() - Date.parse(oldest_at)).toBeLessThan(10 * 60 * 1000)
  })
})

describe('retention', () => {
  it('is set for a workflow, and an execution can be kept', async () => {
    const id = await createWorkflow(server, { blocks: [{ id: 's', type: 'starter' }] })
    const patch = (body: object) => send(server, 'PATCH', `/api/workflows/${id}`, { body })
    expect((await patch({ retention_days: 30, retention_count: 1_000 })).status).toBe(200)
    const read = async () => (await send(server, 'GET', `/api/workflows/${id}`)).body
    expect(await read()).toMatchObject({ retention_days: 30, retention_count: 1_000 })
    await patch({ retention_days: null })
    expect(await read()).toMatchObject({ retention_days: null, retention_count: 1_000 })
    for (const wrong of [0, -1, 1.5, '7', 1e9])
      expect((await patch({ retention_days: wrong })).status, String(wrong)).toBe(400)

    const { execution_id } = (await send(server, 'POST', `/api/workflows/${id}/execute`, { body: {} })).body
    const place = `/api/workflows/${id}/executions/${String(execution_id)}`
    expect((await send(server, 'GET', place)).body).toMatchObject({ is_kept: false })
    const kept = await send(server, 'POST', `${place}/keep`, { body: { kept: true } })
    expect(kept).toMatchObject({ status: 200, body: { ok: true, is_kept: true } })
    expect((await send(server, 'GET', place)).body).toMatchObject({ is_kept: true })
    expect((await send(server, 'POST', `${place}/keep`, { body: { kept: 'yes' } })).status).toBe(400)
    const unknown = `/api/workflows/${id}/executions/${id}/keep`
    expect((await send(server, 'POST', unknown, { body: { kept: true } })).body).toMatchObject({
      error_code: 'NOT_FOUND',
    })
  })
})
