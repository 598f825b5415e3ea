import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorkflow, send, type Loose, type Reply } from './client'
import { startServer, type TestServer } from '../../test/server'

/** Paths the blocks called: what really ran. */
let called: string[] = []
const service = createServer((request, response) => {
  called.push(request.url ?? '')
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ path: request.url }))
})
service.listen(0, '127.0.0.1')
await once(service, 'listening')
const at = (path: string) => `http://127.0.0.1:${(service.address() as AddressInfo).port}${path}`

let server: TestServer
beforeAll(async () => {
  server = await startServer({ env: { SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' } })
})
afterAll(async () => {
  await server.stop()
  service.closeAllConnections()
  service.close()
})

const edges = [
  { source: 'start', target: 'one' },
  { source: 'one', target: 'two' },
  { source: 'two', target: 'reply' },
]
const graphOf = (schedule: object = {}) => ({
  blocks: [
    { id: 'start', type: 'starter', config: schedule },
    { id: 'one', type: 'general_api', config: { url: at('/one') } },
    { id: 'two', type: 'general_api', config: { url: at('/two'), params: { n: '<start.output.n>' } } },
    { id: 'reply', type: 'response', config: { output: '<two.output.path>' } },
  ],
  edges,
})
const execute = (id: string, body: object = {}) => send(server, 'POST', `/api/workflows/${id}/execute`, { body })
const idOf = (reply: Reply<Loose>) => String(reply.body['execution_id'])
const listed = (reply: Reply<Loose>) => reply.body['executions'] as unknown as { id: string; trigger: string }[]

describe('a deployed schedule', () => {
  it('shows its next five times, runs by itself at its start, and stops with undeploy', async () => {
    const start = new Date(Math.ceil(Date.now() / 1000) * 1000 + 2_000)
    const schedule = {
      schedule_enabled: true,
      schedule_type: 'interval',
      schedule_interval_value: 1,
      schedule_interval_unit: 'hours',
      schedule_start_at: start.toISOString(),
    }
    const id = await createWorkflow(server, graphOf(schedule))
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    const nextRuns = async () =>
      (await send(server, 'GET', `/api/workflows/${id}`)).body['next_runs'] as unknown as string[]
    const hours = [0, 1, 2, 3, 4].map((hour) => new Date(start.getTime() + hour * 3_600_000).toISOString())
    expect(await nextRuns()).toEqual(hours)
    const runs = () => send(server, 'GET', `/api/workflows/${id}/executions?trigger=schedule&status=completed`)
    await expect.poll(async () => (await runs()).body['total'], { interval: 200 }).toBe(1)
    expect(listed(await runs())[0]).toMatchObject({ trigger: 'schedule', version: 1, input: { _trigger: 'schedule' } })
    expect((await nextRuns())[0]).toBe(hours[1])
    await send(server, 'POST', `/api/workflows/${id}/undeploy`)
    expect(await nextRuns()).toEqual([])
  })

  it('with values no schedule has is 422 at deploy', async () => {
    const id = await createWorkflow(server, graphOf({ schedule_enabled: true, schedule_cron: '61 * * * *' }))
    const deployed = await send(server, 'POST', `/api/workflows/${id}/deploy`)
    expect([deployed.status, deployed.body['error_code']]).toEqual([422, 'GRAPH_INVALID'])
  })
})

describe('running again', () => {
  it('repeats a run whole, from a block on, or one block alone, each linked to its origin', async () => {
    const id = await createWorkflow(server, graphOf())
    const first = await execute(id, { variables: { n: 1 } })
    const path = `/api/workflows/${id}/executions/${idOf(first)}/rerun`
    called = []
    const whole = await send(server, 'POST', path)
    expect([whole.body['output'], called]).toEqual(['/two?n=1', ['/one', '/two?n=1']])
    called = []
    const body = { from_block: 'two', input: { params: { n: 'edited' } } }
    const queued = await send(server, 'POST', path, { body, headers: { prefer: 'respond-async' } })
    expect([queued.status, queued.headers.get('preference-applied')]).toEqual([202, 'respond-async'])
    const read = async () => (await send(server, 'GET', queued.headers.get('location') ?? '')).body
    await expect.poll(async () => (await read())['status']).toBe('completed')
    expect(await read()).toMatchObject({ output: '/two?n=edited', origin_execution_id: idOf(first) })
    expect(called).toEqual(['/two?n=edited'])
    const alone = await send(server, 'POST', `/api/workflows/${id}/blocks/two/run`, {
      body: { data: { start: { output: { n: 9 } } } },
    })
    expect(alone.body).toMatchObject({ output: { path: '/two?n=9' }, log: { status: 'success' } })
  })

  it('takes pinned data in place of a block in test runs, unless the caller wants none', async () => {
    const id = await createWorkflow(server, graphOf())
    await send(server, 'PATCH', `/api/workflows/${id}`, { body: { pins: { two: { output: { path: 'pinned' } } } } })
    called = []
    expect((await execute(id)).body['output']).toBe('pinned')
    expect(called).toEqual(['/one'])
    expect((await execute(id, { pins: false })).body['output']).toMatch(/^\/two/)
  })
})

describe('the history', () => {
  it('is filtered, paged by cursor, listed for all workflows, and compared', async () => {
    const id = await createWorkflow(server, graphOf())
    const runs = [await execute(id, { variables: { n: 'alpha' } }), await execute(id, { variables: { n: 'beta' } })]
    const [one = '', two = ''] = runs.map(idOf)
    const list = (query: string) => send(server, 'GET', `/api/workflows/${id}/executions?${query}`)
    expect(listed(await list('q=ALPHA')).map((execution) => execution.id)).toEqual([one])
    const page = await list('limit=1')
    expect(page.body).toMatchObject({ total: 2, limit: 1, offset: 0, executions: [{ id: two }] })
    const rest = await list(`limit=1&cursor=${String(page.body['next_cursor'])}`)
    expect(rest.body).toMatchObject({ total: 2, next_cursor: null, executions: [{ id: one }] })
    const all = await send(server, 'GET', `/api/executions?workflow_id=${id}`)
    expect(all.body).toMatchObject({ total: 2, executions: [{ workflow_name: 'test' }, { workflow_name: 'test' }] })
    const compared = await send(server, 'GET', `/api/workflows/${id}/executions/${one}/compare?with=${two}`)
    expect(compared.body['first_diverging_block']).toBe('start')
    expect((await list('cursor=junk')).status).toBe(400)
    expect((await send(server, 'GET', '/api/executions', { key: null })).status).toBe(401)
  })
})
