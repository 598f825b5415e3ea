import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { callWebhook, createWorkflow, mintWebhook, send } from './client'
import { maxExecutionsAtOncePerWebhook, runnerHeartbeatMs } from '../../lib/limits'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../server/embedded-postgres'
import { startProxy, type Proxy } from '../../test/proxy'
import { startServer, type TestServer } from '../../test/server'

/** The short form is part of every test run, the long one of `npm run faults`. */
const outageMs = inject('faultRounds') >= 100 ? 30_000 : 4_000
const folder = mkdtempSync(join(tmpdir(), 'sluice-outage-'))
const clockFile = join(folder, 'clock')

let database: EmbeddedPostgres
let proxy: Proxy
let server: TestServer
let peer: Server
/** Calls of blocks that wait for their answer. */
let waiting: ServerResponse[] = []

beforeAll(async () => {
  peer = createServer((_request, response) => void waiting.push(response))
  peer.listen(0, '127.0.0.1')
  await once(peer, 'listening')
  database = await startEmbeddedPostgres(join(folder, 'database'))
  const url = new URL(database.url)
  proxy = await startProxy(Number(url.port))
  url.port = String(proxy.port)
  url.search = ''
  server = await startServer({
    env: {
      DATABASE_URL: url.href,
      SLUICE_ENCRYPTION_KEY: 'the key of a test with its own database',
      SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
      CLOCK_OFFSET_FILE: clockFile,
      NODE_OPTIONS: `--import=${new URL('../../test/clock.mjs', import.meta.url).href}`,
    },
  })
}, 300_000)
afterEach(() => answerAll())
afterAll(async () => {
  await server.stop()
  await proxy.close()
  await database.stop()
  peer.closeAllConnections()
  peer.close()
  rmSync(folder, { recursive: true, force: true })
})

function answerAll(): void {
  for (const response of waiting) response.end('{"ok":true}')
  waiting = []
}

function callGraph(trigger: object) {
  // Listening on TCP, so the address is one.
  const url = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`
  return {
    blocks: [
      { id: 'begin', ...trigger },
      { id: 'call', type: 'general_api', config: { url, method: 'POST', timeout: 120_000 } },
      { id: 'end', type: 'response', config: { output: '<call.output>' } },
    ],
    edges: [
      { source: 'begin', target: 'call' },
      { source: 'call', target: 'end' },
    ],
  }
}

const quickGraph = {
  blocks: [
    { id: 'begin', type: 'starter' },
    { id: 'end', type: 'response' },
  ],
  edges: [],
}
const health = () => send(server, 'GET', '/api/health')

describe('attack 41: a database that is gone', () => {
  it('is said with 503 and when to try again; what ran goes on, and all is well once it is back', async () => {
    const id = await createWorkflow(server, quickGraph)
    const hook = mintWebhook()
    const hooked = await createWorkflow(server, callGraph({ type: 'webhook', config: hook }))
    await send(server, 'POST', `/api/workflows/${hooked}/deploy`)
    const running = callWebhook(server, hook, { body: {} })
    await expect.poll(() => waiting.length).toBe(1)

    await proxy.close()
    const backAtMs = performance.now() + outageMs
    const refused = [
      () => send(server, 'GET', '/api/workflows'),
      () => send(server, 'POST', `/api/workflows/${id}/execute`, { body: {} }),
      () => send(server, 'PUT', `/api/workflows/${id}/graph`, { body: quickGraph }),
      () => callWebhook(server, hook, { body: {} }),
    ]
    while (performance.now() < backAtMs) {
      for (const ask of refused) {
        const reply = await ask()
        expect(reply.status, reply.text).toBe(503)
        expect(reply.body).toMatchObject({ error: expect.stringMatching(/database/i), error_code: 'OVERLOADED' })
        expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
      }
      const reply = await health()
      expect(reply.status).toBe(503)
      expect(reply.text).toMatch(/database/)
      answerAll()
      await wait(250)
    }
    await proxy.open()

    await expect.poll(async () => (await health()).status).toBe(200)
    expect((await send(server, 'POST', `/api/workflows/${id}/execute`, { body: {} })).status).toBe(200)
    expect(await running).toMatchObject({ status: 200, body: { status: 'completed', output: { ok: true } } })
  }, 120_000)
})

describe('a clock that jumps', () => {
  const jump = (offsetMs: number) => {
    writeFileSync(clockFile, String(offsetMs))
    process.kill(server.pid, 'SIGUSR2')
  }
  const hourMs = 3_600_000

  const jumps: [string, number][] = [
    ['an hour ahead', hourMs],
    ['an hour back', -hourMs],
  ]
  it.each(jumps)('%s ends, repeats and refuses nothing', async (_way, offsetMs) => {
    jump(0)
    const hook = mintWebhook()
    const hooked = await createWorkflow(server, callGraph({ type: 'webhook', config: hook }))
    await send(server, 'POST', `/api/workflows/${hooked}/arm`)
    const id = await createWorkflow(server, callGraph({ type: 'starter' }))
    const sync = send(server, 'POST', `/api/workflows/${id}/execute`, { body: {} })
    const queued = await send(server, 'POST', `/api/workflows/${id}/execute`, {
      body: {},
      headers: { prefer: 'respond-async' },
    })
    await expect.poll(() => waiting.length).toBe(2)

    jump(offsetMs)
    // The window of ten minutes is the database's to judge, and so is who is alive: two beats pass.
    const armed = callWebhook(server, hook, { body: {} })
    await wait(runnerHeartbeatMs * 2)
    await expect.poll(() => waiting.length).toBe(3)
    answerAll()
    expect((await armed).status).toBe(200)
    expect((await sync).status).toBe(200)
    const place = queued.headers.get('location') ?? ''
    await expect.poll(async () => (await send(server, 'GET', place)).body['status']).toBe('completed')
    const list = (await send(server, 'GET', `/api/workflows/${id}/executions`)).body['executions'] as unknown as {
      duration_ms: number
    }[]
    expect(list).toHaveLength(2)
    for (const { duration_ms } of list) {
      expect(duration_ms).toBeGreaterThanOrEqual(0)
      expect(duration_ms).toBeLessThan(hourMs / 2)
    }
    jump(0)
  })
})

describe('more calls than places', () => {
  it('wait two seconds at most, then are told when to come again', async () => {
    const hook = mintWebhook()
    const id = await createWorkflow(server, callGraph({ type: 'webhook', config: hook }))
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    const tooMany = 5
    const beganMs = performance.now()
    const calls = Array.from({ length: maxExecutionsAtOncePerWebhook + tooMany }, async () => {
      const reply = await callWebhook(server, hook, { body: {} })
      return { reply, tookMs: performance.now() - beganMs }
    })
    await expect.poll(() => waiting.length).toBe(maxExecutionsAtOncePerWebhook)
    const first = await Promise.any(calls)
    expect(first.reply.status).toBe(503)
    expect(first.reply.body['error_code']).toBe('OVERLOADED')
    expect(Number(first.reply.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(first.tookMs).toBeGreaterThan(1_900)
    await expect.poll(() => waiting.length).toBe(maxExecutionsAtOncePerWebhook)
    await Promise.race([Promise.all(calls), untilRefused(calls, tooMany)])
    answerAll()
    const replies = await Promise.all(calls)
    expect(replies.filter(({ reply }) => reply.status === 200)).toHaveLength(maxExecutionsAtOncePerWebhook)
    expect(replies.filter(({ reply }) => reply.status === 503)).toHaveLength(tooMany)
  })
})

async function untilRefused(calls: Promise<{ reply: { status: number } }>[], count: number): Promise<void> {
  let refused = 0
  await new Promise<void>((resolve) => {
    for (const call of calls)
      void call.then(({ reply }) => {
        if (reply.status === 503 && ++refused === count) resolve()
      })
  })
}
