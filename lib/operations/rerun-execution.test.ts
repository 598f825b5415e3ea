import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { useTestApp, type AppReply } from '@/test/app'

const { ask } = useTestApp({ SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' })

/** Paths the blocks called, in order: what really ran. */
let called: string[] = []
const server = createServer((request, response) => {
  called.push(request.url ?? '')
  response.setHeader('content-type', 'application/json')
  response.statusCode = request.url?.startsWith('/down') ? 503 : 200
  response.end(JSON.stringify({ path: request.url, token: request.headers['x-token'] ?? null }))
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
afterAll(() => server.close())
beforeEach(() => {
  called = []
})
const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
const calling = (id: string, path: string, config: object = {}) => ({
  id,
  type: 'general_api',
  config: { url: at(path), ...config },
})
const chain = (...ids: string[]) => ids.slice(1).map((target, index) => ({ source: ids[index], target }))

/** start -> one -> two -> reply, beside it start -> side -> reply. */
const graph = {
  blocks: [
    { id: 'start', type: 'starter' },
    calling('one', '/one'),
    calling('two', '/two', { params: { n: '<start.output.n>', from: '<one.output.path>' } }),
    calling('side', '/side'),
    { id: 'reply', type: 'response', config: { output: '<two.output.path>' } },
  ],
  edges: [...chain('start', 'one', 'two', 'reply'), ...chain('start', 'side', 'reply')],
}

async function workflowWith(body: object = graph): Promise<string> {
  const id = String((await ask('POST', '/api/workflows', { name: 'w' })).body['id'])
  await save(id, body)
  return id
}
async function save(id: string, body: object): Promise<void> {
  expect((await ask('PUT', `/api/workflows/${id}/graph`, body)).status).toBe(200)
}
const execute = (id: string, body: object = {}) => ask('POST', `/api/workflows/${id}/execute`, body)
const idOf = (reply: AppReply) => String(reply.body['execution_id'])
const rerun = (id: string, eid: string, body: object = {}, headers: Record<string, string> = {}) =>
  ask('POST', `/api/workflows/${id}/executions/${eid}/rerun`, body, { headers })
const read = async (id: string, eid: string) => (await ask('GET', `/api/workflows/${id}/executions/${eid}`)).body
const logsOf = async (id: string, eid: string, skipped = false) => {
  const { body } = await ask('GET', `/api/workflows/${id}/executions/${eid}/logs${skipped ? '?include=skipped' : ''}`)
  return body['block_logs'] as unknown as (Record<string, unknown> & { block_id: string; warnings: string[] })[]
}

describe('running again', () => {
  it('repeats the same input on the same version, and names its origin', async () => {
    const id = await workflowWith()
    const first = await execute(id, { variables: { n: 1 } })
    await save(id, { blocks: [{ id: 'start', type: 'starter' }] })
    const again = await rerun(id, idOf(first))
    expect([again.status, again.body['output']]).toEqual([200, first.body['output']])
    const execution = await read(id, idOf(again))
    expect(execution).toMatchObject({
      origin_execution_id: idOf(first),
      version: 1,
      trigger: 'manual',
      input: { n: 1 },
    })
    expect((await read(id, idOf(first)))['origin_execution_id']).toBeNull()
    expect(called).toHaveLength(6)
  })

  it('on the newest version, with an edited input', async () => {
    const id = await workflowWith()
    const first = await execute(id, { variables: { n: 1 } })
    await save(id, {
      blocks: [
        { id: 'start', type: 'starter' },
        { id: 'reply', type: 'response', config: { output: 'new <start.output.n>' } },
      ],
      edges: chain('start', 'reply'),
    })
    const again = await rerun(id, idOf(first), { version: 'newest', input: { n: 2 } })
    expect(again.body).toMatchObject({ status: 'completed', output: 'new 2' })
    expect(await read(id, idOf(again))).toMatchObject({ version: 2, input: { n: 2 } })
  })

  it('answers at once with `Prefer: respond-async`, and repeats its answer to an idempotency key', async () => {
    const id = await workflowWith()
    const first = await execute(id, { variables: { n: 3 } })
    const queued = await rerun(id, idOf(first), { from_block: 'two' }, { prefer: 'respond-async' })
    expect([queued.status, queued.body['status']]).toEqual([202, 'queued'])
    await expect.poll(async () => (await read(id, idOf(queued)))['status']).toBe('completed')
    expect(await read(id, idOf(queued))).toMatchObject({
      output: first.body['output'],
      origin_execution_id: idOf(first),
    })
    expect(called.filter((path) => path === '/one')).toHaveLength(1)
    const key = { 'idempotency-key': 'again' }
    const [once, twice] = [await rerun(id, idOf(first), {}, key), await rerun(id, idOf(first), {}, key)]
    expect(idOf(twice)).toBe(idOf(once))
  })

  it('of an unknown execution or workflow is 404', async () => {
    const [id, other] = [await workflowWith(), await workflowWith()]
    const first = await execute(id)
    expect((await rerun(other, idOf(first))).body['error_code']).toBe('NOT_FOUND')
    expect((await rerun(idOf(first), idOf(first))).body['error_code']).toBe('WORKFLOW_NOT_FOUND')
  })
})

describe('running again from a block', () => {
  it('reuses what settled before it and beside it, and runs it and what comes after', async () => {
    const id = await workflowWith()
    const first = await execute(id, { variables: { n: 4 } })
    called = []
    const again = await rerun(id, idOf(first), { from_block: 'two' })
    expect(again.body).toMatchObject({ status: 'completed', output: first.body['output'] })
    expect(called).toEqual(['/two?n=4&from=%2Fone'])
    const logs = await logsOf(id, idOf(again))
    expect(logs.map((log) => [log.block_id, log['attempts'], log['reused_from']]).sort()).toEqual([
      ['one', 0, idOf(first)],
      ['reply', 1, null],
      ['side', 0, idOf(first)],
      ['start', 0, idOf(first)],
      ['two', 1, null],
    ])
    expect(logs.find((log) => log.block_id === 'one')?.warnings[0]).toContain(`reused from execution ${idOf(first)}`)
    expect(logs.map((log) => log['execution_order'])).toEqual([0, 1, 2, 3, 4])
  })

  it('that failed goes on with the config fixed, keeping its other fields and its secrets', async () => {
    await ask('PUT', '/api/settings/secrets/TOKEN', { value: 'very-secret' })
    const id = await workflowWith({
      blocks: [
        { id: 'start', type: 'starter' },
        calling('one', '/one'),
        {
          id: 'two',
          type: 'general_api',
          config: { url: 'ftp://nowhere', headers: { 'x-token': '{{secrets.TOKEN}}' } },
        },
        { id: 'reply', type: 'response', config: { output: '<two.output>' } },
      ],
      edges: chain('start', 'one', 'two', 'reply'),
    })
    const failed = await execute(id)
    expect([failed.status, failed.body['failed_block']]).toEqual([500, 'two'])
    const shown = (await logsOf(id, idOf(failed))).find((log) => log.block_id === 'two')?.['input'] as object
    expect(JSON.stringify(shown)).toContain('[redacted]')
    const again = await rerun(id, idOf(failed), { from_block: 'two', input: { ...shown, url: at('/fixed') } })
    expect(again.body).toMatchObject({ status: 'completed', output: { path: '/fixed', token: '[redacted]' } })
    expect(called).toEqual(['/one', '/fixed'])
  })

  it('on a newer graph runs a new block before it, and what comes after that one', async () => {
    const id = await workflowWith()
    const first = await execute(id, { variables: { n: 5 } })
    const { blocks } = graph
    const edges = [...chain('start', 'new', 'one', 'two', 'reply'), ...chain('start', 'side', 'reply')]
    await save(id, { blocks: [...blocks, calling('new', '/new')], edges })
    called = []
    const again = await rerun(id, idOf(first), { from_block: 'two', version: 'newest' })
    expect([again.status, called]).toEqual([200, ['/new', '/one', '/two?n=5&from=%2Fone']])
  })

  it('that is not in the graph is 400; editing a config takes the right to edit', async () => {
    const id = await workflowWith()
    const first = await execute(id)
    expect((await rerun(id, idOf(first), { from_block: 'nowhere' })).body['error_code']).toBe('VALIDATION_ERROR')
    const created = await ask('POST', '/api/settings/api-keys', { name: 'runs', scopes: ['read', 'run'] })
    const key = String(created.body['key'])
    const path = `/api/workflows/${id}/executions/${idOf(first)}/rerun`
    const edited = { from_block: 'two', input: { url: at('/thief') } }
    expect((await ask('POST', path, edited, { key })).body['error_code']).toBe('FORBIDDEN')
    expect((await ask('POST', path, { from_block: 'two' }, { key })).status).toBe(200)
  })

  it('alone runs no other block', async () => {
    const id = await workflowWith()
    const first = await execute(id, { variables: { n: 6 } })
    called = []
    const again = await rerun(id, idOf(first), { only_block: 'two' })
    expect([again.status, called]).toEqual([200, ['/two?n=6&from=%2Fone']])
    const reply = (await logsOf(id, idOf(again), true)).find((log) => log.block_id === 'reply')
    expect(reply).toMatchObject({ status: 'skipped', skip_reason: 'only block two is run' })
    expect((await rerun(id, idOf(first), { only_block: true })).status).toBe(400)
  })
})

describe('running a single block', () => {
  const run = (id: string, block: string, body: object = {}) =>
    ask('POST', `/api/workflows/${id}/blocks/${block}/run`, body)

  it('takes the data of the blocks before it from the call, an execution, or pins', async () => {
    const id = await workflowWith()
    const first = await execute(id, { variables: { n: 7 } })
    called = []
    const given = await run(id, 'two', { data: { start: { output: { n: 1 } }, one: { path: '/given' } } })
    expect(given.body).toMatchObject({ output: { path: '/two?n=1&from=%2Fgiven' }, data: { status_code: 200 } })
    expect(given.body['log']).toMatchObject({ block_id: 'two', status: 'success', attempts: 1 })
    await run(id, 'two', { execution_id: idOf(first), data: { one: { path: '/given' } } })
    await ask('PATCH', `/api/workflows/${id}`, { pins: { one: { output: { path: '/pinned' } }, start: { n: 8 } } })
    const pinned = await run(id, 'two')
    expect(called).toEqual(['/two?n=1&from=%2Fgiven', '/two?n=7&from=%2Fgiven', '/two?n=8&from=%2Fpinned'])
    const logs = await logsOf(id, idOf(pinned))
    expect(logs.map((log) => [log.block_id, log['attempts']])).toEqual([
      ['start', 0],
      ['one', 0],
      ['two', 1],
    ])
  })

  it('lays the given input over its config, and runs whatever leads to it', async () => {
    const id = await workflowWith()
    const reply = await run(id, 'side', { input: { url: at('/edited') } })
    expect([reply.status, called]).toEqual([200, ['/edited']])
    const failed = await run(id, 'side', { input: { url: 'ftp://nowhere' } })
    expect(failed.body).toMatchObject({ error_code: 'EXECUTION_FAILED', failed_block: 'side' })
    expect((await run(id, 'nowhere')).status).toBe(404)
  })
})

describe('pinned data', () => {
  const pins = { one: { output: { path: '/pinned' }, status_code: 200, headers: {} } }

  it('stands in for its block in a test run, and the log says so', async () => {
    const id = await workflowWith()
    await ask('PATCH', `/api/workflows/${id}`, { pins })
    const reply = await execute(id, { variables: { n: 1 } })
    expect(called.sort()).toEqual(['/side', '/two?n=1&from=%2Fpinned'])
    const log = (await logsOf(id, idOf(reply))).find(({ block_id }) => block_id === 'one')
    expect(log).toMatchObject({ status: 'success', attempts: 0, output: pins.one })
    expect(log?.warnings).toEqual(['the block did not run: its pinned data was used'])
    called = []
    await rerun(id, idOf(reply))
    expect(called).not.toContain('/one')
    await execute(id, { pins: false })
    await rerun(id, idOf(reply), { from_block: 'one' })
    expect(called.filter((path) => path === '/one')).toHaveLength(2)
  })

  it('stands in for what an earlier execution gave when it is run again from a later block, or from its own', async () => {
    const id = await workflowWith()
    const first = await execute(id, { variables: { n: 1 } })
    await ask('PATCH', `/api/workflows/${id}`, { pins })
    called = []
    await rerun(id, idOf(first), { from_block: 'two' })
    expect(called).toEqual(['/two?n=1&from=%2Fpinned'])
    called = []
    await rerun(id, idOf(first), { from_block: 'one', pins: true })
    expect(called).toEqual(['/two?n=1&from=%2Fpinned'])
  })

  it('is used by armed webhook calls and streams, never by deployed or platform runs', async () => {
    const hook = { webhook_id: crypto.randomUUID(), webhook_secret: 'the-secret' }
    const blocks = [{ id: 'hook', type: 'webhook', config: hook }, calling('one', '/one')]
    const id = await workflowWith({ blocks, edges: chain('hook', 'one') })
    await ask('PATCH', `/api/workflows/${id}`, { pins })
    const call = () => ask('POST', `/api/webhooks/${hook.webhook_id}`, {}, { key: hook.webhook_secret })
    await ask('POST', `/api/workflows/${id}/arm`)
    expect((await call()).status).toBe(200)
    await ask('POST', `/api/workflows/${id}/execute/stream`, {})
    expect(called).toEqual([])
    await ask('POST', `/api/workflows/${id}/deploy`)
    expect([(await call()).status, called]).toEqual([200, ['/one']])
    const config = { resource: 'workflows', operation: 'execute', resource_id: id }
    const parent = await workflowWith({ blocks: [{ id: 'child', type: 'platform_api', config }] })
    await execute(parent)
    expect(called).toEqual(['/one', '/one'])
  })

  it('spares its block the model it would need', async () => {
    const id = await workflowWith({ blocks: [{ id: 'agent', type: 'agent', config: { input: 'hello' } }] })
    expect((await execute(id)).body['error_code']).toBe('MODEL_NOT_CONFIGURED')
    await ask('PATCH', `/api/workflows/${id}`, { pins: { agent: 'an answer' } })
    expect((await execute(id)).body['block_outputs']).toEqual({ agent: { output: 'an answer' } })
    expect((await execute(id, { pins: false })).body['error_code']).toBe('MODEL_NOT_CONFIGURED')
  })

  it('of a block on a branch that is not taken is not used', async () => {
    const id = await workflowWith({
      blocks: [
        { id: 'start', type: 'starter' },
        { id: 'choose', type: 'condition', config: { branches: [{ expression: 'true' }] } },
        calling('no', '/no'),
      ],
      edges: [...chain('start', 'choose'), { source: 'choose', target: 'no', sourceHandle: 'else' }],
    })
    await ask('PATCH', `/api/workflows/${id}`, { pins: { no: 1 } })
    const outputs = (await execute(id)).body['block_outputs'] as unknown as object
    expect(Object.keys(outputs)).toEqual(['start', 'choose'])
  })
})
