import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createWorkflow, send } from './client'
import { startTopology, type Topology } from '../../test/topology'

const callsPerSecond = 50
const rounds = inject('faultRounds')

let topology: Topology
let peer: Server
/** Idempotency keys by run and step, in the order the side effects came. */
const effects = new Map<string, string[]>()

beforeAll(async () => {
  peer = createServer((request, response) => {
    const step = request.url ?? ''
    effects.set(step, [...(effects.get(step) ?? []), String(request.headers['idempotency-key'])])
    response.end('{"ok":true}')
  })
  peer.listen(0, '127.0.0.1')
  await once(peer, 'listening')
  topology = await startTopology({ webs: 1, workers: 2 })
}, 300_000)
afterAll(async () => {
  await topology.stop()
  peer.close()
})

function currentWeb() {
  const web = topology.webs.at(-1)
  if (!web) throw new Error('a web process runs')
  return web
}

async function sideEffectWorkflow(): Promise<string> {
  // Listening on TCP, so the address is one.
  const url = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`
  const call = (id: string) => ({
    id,
    type: 'general_api',
    config: { url: `${url}/{{variables.n}}/${id}`, method: 'POST' },
  })
  return createWorkflow(currentWeb(), {
    blocks: [{ id: 'start', type: 'starter' }, call('a'), call('b'), { id: 'end', type: 'response' }],
    edges: [
      { source: 'start', target: 'a' },
      { source: 'a', target: 'b' },
      { source: 'b', target: 'end' },
    ],
  })
}

/** Accepts runs at a steady rate until told to stop. Gives the accepted ones: execution id by number. */
async function load(workflowId: string, signal: AbortSignal): Promise<Map<string, number>> {
  const accepted = new Map<string, number>()
  const open: Promise<void>[] = []
  for (let n = 0; !signal.aborted; n++) {
    open.push(
      send(currentWeb(), 'POST', `/api/workflows/${workflowId}/execute`, {
        body: { variables: { n } },
        headers: { prefer: 'respond-async' },
      })
        .then((reply) => {
          if (reply.status === 202) accepted.set(String(reply.body['execution_id']), n)
        })
        .catch(() => undefined),
    )
    await wait(1_000 / callsPerSecond)
  }
  await Promise.all(open)
  return accepted
}

const faults = [
  async () => {
    await topology.workers.at(-1)?.kill('SIGKILL')
    await topology.startWorker()
  },
  () => {
    topology.killDatabase()
    return Promise.resolve()
  },
  async () => {
    await currentWeb().kill()
    await topology.startWeb()
  },
]

async function statuses(workflowId: string): Promise<Map<string, { status: string; error: string }>> {
  const found = new Map<string, { status: string; error: string }>()
  for (let offset = 0; ; offset += 100) {
    const path = `/api/workflows/${workflowId}/executions?limit=100&offset=${offset}`
    const page = (await send(currentWeb(), 'GET', path)).body['executions'] as unknown as
      { id: string; status: string; error: string }[] | undefined
    for (const item of page ?? []) found.set(item.id, item)
    if (!page || page.length < 100) return found
  }
}

it(`loses nothing it accepted, and repeats nothing that settled, over ${rounds} kills of worker, database and web`, async () => {
  const workflowId = await sideEffectWorkflow()
  const stop = new AbortController()
  const loading = load(workflowId, stop.signal)
  for (let round = 0; round < rounds; round++) {
    await wait(500 + Math.random() * 1_500)
    await faults[round % faults.length]?.()
  }
  await wait(1_000)
  stop.abort()
  const accepted = await loading
  expect(accepted.size).toBeGreaterThan(rounds * 10)

  let ends = new Map<string, { status: string; error: string }>()
  const countOf = async (status: string) => {
    ends = await statuses(workflowId)
    return [...ends.values()].filter((end) => end.status === status).length
  }
  await expect.poll(() => countOf('running'), { timeout: 60_000, interval: 1_000 }).toBe(0)
  // A job that a killed worker had fetched is handed out again once it has expired in the queue.
  await expect.poll(() => countOf('queued'), { timeout: 300_000, interval: 1_000 }).toBe(0)
  await expect.poll(() => countOf('running'), { timeout: 60_000, interval: 1_000 }).toBe(0)
  let repeats = 0
  for (const [executionId, n] of accepted) {
    const end = ends.get(executionId)
    expect(['completed', 'failed'], executionId).toContain(end?.status)
    if (end?.status === 'failed') expect(end.error).not.toBe('')
    for (const step of ['a', 'b']) {
      const keys = effects.get(`/${n}/${step}`) ?? []
      if (end?.status === 'completed') expect(new Set(keys).size, `/${n}/${step}`).toBe(1)
      repeats += Math.max(0, keys.length - 1)
    }
  }
  process.stdout.write(`${accepted.size} accepted, ${rounds} kills, ${repeats} blocks in flight repeated\n`)
}, 3_600_000)
