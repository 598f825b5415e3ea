import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorkflow, send } from './client'
import { startTopology, type TestWorker, type Topology } from '../../test/topology'

let topology: Topology
let worker: TestWorker
const apiKey = 'end-to-end-test-key-0123456789'

beforeAll(async () => {
  topology = await startTopology({ webs: 1, workers: 0 })
  worker = await topology.startWorker({ SLUICE_WORKER_PORT: '0', SLUICE_API_KEY: apiKey })
})
afterAll(() => topology.stop())

it('a worker answers for its health and its figures, and for nothing else', async () => {
  const target = { url: worker.url, apiKey }
  expect((await send(target, 'GET', '/api/health', { key: null })).body).toMatchObject({ status: 'ok', database: 'ok' })
  expect((await send(target, 'GET', '/api/metrics', { key: null })).status).toBe(401)
  for (const path of ['/', '/api/workflows', '/api/settings/secrets', '/first-run'])
    expect(await send(target, 'GET', path), path).toMatchObject({ status: 404, body: { error_code: 'NOT_FOUND' } })
})

it('an execution that a worker ran is counted there', async () => {
  const [web] = topology.webs
  if (!web) throw new Error('no web process')
  const id = await createWorkflow(web, { blocks: [{ id: 's', type: 'starter' }] })
  const headers = { prefer: 'respond-async' }
  expect((await send(web, 'POST', `/api/workflows/${id}/execute`, { body: {}, headers })).status).toBe(202)
  const counted = async () => (await send({ url: worker.url, apiKey }, 'GET', '/api/metrics')).text
  await expect.poll(counted).toContain('sluice_executions_total{status="completed",trigger="manual"} 1')
})
