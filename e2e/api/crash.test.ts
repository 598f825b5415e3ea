import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { callWebhook, createWorkflow, mintWebhook, send, type Loose } from './client'
import { startHeldService } from './held-service'
import { startServer, type TestServer } from '../../test/server'

const env = { SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' }
const dataDir = mkdtempSync(join(tmpdir(), 'sluice-crash-'))
let server: TestServer | undefined
afterAll(async () => {
  await server?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

async function executions(target: TestServer, id: string, query = ''): Promise<Loose[]> {
  const all: Loose[] = []
  for (let offset = 0; ; offset += 100) {
    const page = await send(target, 'GET', `/api/workflows/${id}/executions?limit=100&offset=${offset}${query}`)
    const items = page.body['executions'] as unknown as Loose[]
    all.push(...items)
    if (items.length < 100) return all
  }
}

describe('a server killed with kill -9 during 200 concurrent webhook calls', () => {
  it('attack 39: has every answered execution with its logs, and none that runs for ever', async () => {
    server = await startServer({ dataDir, env })
    const hook = mintWebhook()
    const id = await createWorkflow(server, {
      blocks: [
        { id: 'hook', type: 'webhook', config: hook },
        { id: 'sum', type: 'code', config: { language: 'javascript', code: 'return hook.output.n + 1' } },
        { id: 'reply', type: 'response', config: { output: '<sum.output>' } },
      ],
      edges: [
        { source: 'hook', target: 'sum' },
        { source: 'sum', target: 'reply' },
      ],
    })
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    expect((await callWebhook(server, hook, { body: { n: 0 } })).status).toBe(200)

    const answered: string[] = []
    const running = server
    let isKilled = false
    const callers = Array.from({ length: 200 }, async (_, n) => {
      while (!isKilled) {
        const reply = await callWebhook(running, hook, { body: { n } }).catch(() => null)
        if (reply?.status === 200) answered.push(String(reply.body['execution_id']))
      }
    })
    await expect.poll(() => answered.length).toBeGreaterThan(300)
    isKilled = true
    await server.kill()
    await Promise.all(callers)

    server = await startServer({ dataDir, env })
    const recorded = new Map((await executions(server, id)).map((item) => [String(item['id']), item]))
    for (const executionId of answered) expect(String(recorded.get(executionId)?.['status'])).toBe('completed')
    for (const executionId of answered.slice(-50)) {
      const logs = await send(server, 'GET', `/api/workflows/${id}/executions/${executionId}/logs`)
      const entries = logs.body['block_logs'] as unknown as { block_id: string }[]
      expect(entries.map((entry) => entry.block_id)).toEqual(['hook', 'sum', 'reply'])
    }
    const unfinished = async () =>
      (await executions(current(), id)).filter((item) => ['running', 'queued'].includes(String(item['status']))).length
    await expect.poll(unfinished, { timeout: 60_000, interval: 1_000 }).toBe(0)
    const failed = (await executions(server, id)).filter((item) => String(item['status']) === 'failed')
    for (const item of failed) expect(String(item['error'])).toContain('Interrupted')
  })

  it('runs what it had queued, once it is back', async () => {
    if (!server) throw new Error('the first test starts the server')
    const service = await startHeldService()
    const id = await createWorkflow(server, service.graph)
    const call = service.nextCall()
    const accepted = await send(server, 'POST', `/api/workflows/${id}/execute`, {
      body: {},
      headers: { prefer: 'respond-async' },
    })
    expect(accepted.status).toBe(202)
    const place = accepted.headers.get('location') ?? ''
    await call
    await server.kill()
    const repeated = service.nextCall()
    server = await startServer({ dataDir, env })
    const response = await repeated
    response.end('back')
    const status = async () => String((await send(current(), 'GET', place)).body['status'])
    await expect.poll(status, { timeout: 60_000, interval: 1_000 }).toBe('completed')
    expect((await send(server, 'GET', place)).body['output']).toBe('back')
    service.close()
  })
})

function current(): TestServer {
  if (!server) throw new Error('no server runs')
  return server
}
