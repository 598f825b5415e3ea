import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { callWebhook, createWorkflow, mintWebhook, send, type Target } from './client'
import { startTopology, type Topology } from '../../test/topology'

let topology: Topology
let peer: Server
let peerUrl: string
/** What reached the outside world: idempotency keys in the order they came, and calls that are still open. */
const effects: string[] = []
let openCalls = 0

beforeAll(async () => {
  peer = createServer((request, response) => {
    effects.push(String(request.headers['idempotency-key']))
    if (request.url !== '/hang') return response.end('{"ok":true}')
    openCalls++
    response.on('close', () => openCalls--)
    return undefined
  })
  peer.listen(0, '127.0.0.1')
  await once(peer, 'listening')
  // Listening on TCP, so the address is one.
  peerUrl = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`
  topology = await startTopology({ webs: 2, workers: 2 })
}, 300_000)
afterAll(async () => {
  await topology.stop()
  peer.closeAllConnections()
  peer.close()
})

function web(index: 0 | 1): Target {
  const target = topology.webs[index]
  if (!target) throw new Error('no such web process')
  return target
}

function calls(...urls: string[]) {
  const blocks: object[] = [{ id: 'start', type: 'starter' }]
  const edges: object[] = []
  urls.forEach((url, i) => {
    blocks.push({
      id: `call${i}`,
      type: 'general_api',
      config: { url: peerUrl + url, method: 'POST', timeout: 120_000 },
    })
    edges.push({ source: i === 0 ? 'start' : `call${i - 1}`, target: `call${i}` })
  })
  return { blocks, edges }
}

async function queue(id: string): Promise<string> {
  const reply = await send(web(0), 'POST', `/api/workflows/${id}/execute`, {
    body: {},
    headers: { prefer: 'respond-async' },
  })
  expect(reply.status, reply.text).toBe(202)
  return reply.headers.get('location') ?? ''
}

const statusOf = async (place: string) => String((await send(web(1), 'GET', place)).body['status'])

describe('two web and two worker processes on one database', () => {
  it('run on a worker what a web process accepted', async () => {
    const place = await queue(await createWorkflow(web(0), calls('/ok')))
    await expect.poll(() => statusOf(place)).toBe('completed')
  })

  it('show its events live on another web process, and cancel it from there within a second', async () => {
    const place = await queue(await createWorkflow(web(0), calls('/ok', '/hang')))
    const stream = await fetch(`${web(1).url}${place}/events`, {
      headers: { authorization: `Bearer ${web(1).apiKey}` },
    })
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    let seen = ''
    const readUntil = async (text: string) => {
      while (!seen.includes(text)) {
        const chunk = await reader?.read()
        if (!chunk || chunk.done) break
        seen += chunk.value
      }
    }
    await readUntil('"block_id":"call1"')
    expect(seen).toContain('"type":"block_complete","block_id":"call0"')
    await expect.poll(() => openCalls).toBe(1)
    expect((await send(web(1), 'POST', `${place}/cancel`, { body: {} })).body).toEqual({
      ok: true,
      status: 'cancelled',
    })
    await expect.poll(() => openCalls, { timeout: 1_000 }).toBe(0)
    await readUntil('EXECUTION_CANCELLED')
    expect(seen).toContain('EXECUTION_CANCELLED')
    expect(await statusOf(place)).toBe('cancelled')
  })

  it('attack 2: let one of two hundred calls in, spread over both, while armed', async () => {
    const hook = mintWebhook()
    const id = await createWorkflow(web(0), {
      blocks: [
        { id: 'hook', type: 'webhook', config: hook },
        { id: 'out', type: 'response' },
      ],
      edges: [{ source: 'hook', target: 'out' }],
    })
    await send(web(0), 'POST', `/api/workflows/${id}/arm`)
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, i) => callWebhook(web(i % 2 === 0 ? 0 : 1), hook, { body: {} })),
    )
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1)
    expect((await send(web(1), 'GET', `/api/workflows/${id}/executions`)).body['total']).toBe(1)
  })

  it('attack 15: run one delivery once, whichever process it reaches', async () => {
    const hook = mintWebhook()
    const id = await createWorkflow(web(0), {
      blocks: [
        { id: 'hook', type: 'webhook', config: hook },
        { id: 'out', type: 'response' },
      ],
      edges: [{ source: 'hook', target: 'out' }],
    })
    await send(web(0), 'POST', `/api/workflows/${id}/deploy`)
    const headers = { 'webhook-id': randomUUID() }
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, i) => callWebhook(web(i % 2 === 0 ? 0 : 1), hook, { body: {}, headers })),
    )
    for (const reply of replies) expect([200, 409]).toContain(reply.status)
    expect((await send(web(1), 'GET', `/api/workflows/${id}/executions`)).body['total']).toBe(1)
  })

  it('take over from a killed worker within 30 s, and repeat nothing that had settled', async () => {
    effects.length = 0
    const place = await queue(await createWorkflow(web(0), calls('/first', '/second', '/hang')))
    await expect.poll(() => effects.length).toBe(3)
    await Promise.all(topology.workers.map((worker) => worker.kill('SIGKILL')))
    await topology.startWorker()
    // The third call is repeated with the same key: the first two are not.
    await expect.poll(() => effects.length, { interval: 250 }).toBe(4)
    expect(new Set(effects).size).toBe(3)
    expect(effects[3]).toBe(effects[2])
    await send(web(0), 'POST', `${place}/cancel`, { body: {} })
    await expect.poll(() => openCalls).toBe(0)
  })

  it('let a worker that was frozen past its lease write nothing afterwards', async () => {
    effects.length = 0
    const frozen = topology.workers.at(-1)
    if (!frozen) throw new Error('a worker runs')
    const place = await queue(await createWorkflow(web(0), calls('/first', '/hang')))
    await expect.poll(() => effects.length).toBe(2)
    process.kill(frozen.pid, 'SIGSTOP')
    const fresh = await topology.startWorker()
    await expect.poll(() => effects.length, { interval: 250 }).toBe(3)
    // The long form of `npm run faults` leaves it frozen three times as long as a lease lasts.
    if (inject('faultRounds') >= 100) await wait(60_000)
    process.kill(frozen.pid, 'SIGCONT')
    peer.closeAllConnections()
    // Both attempts now fail; only the new owner's end may be recorded, with one log for each block.
    await expect.poll(() => statusOf(place)).toBe('failed')
    const logs = await send(web(0), 'GET', `${place}/logs`)
    const entries = logs.body['block_logs'] as unknown as { block_id: string }[]
    expect(entries.map((entry) => entry.block_id)).toEqual(['start', 'call0', 'call1'])
    await fresh.kill('SIGTERM')
  })
})
