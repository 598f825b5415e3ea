import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorkflow, mintWebhook, send, callWebhook } from './client'
import { startServer, type TestServer } from '../../test/server'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  send(server, method, path, { ...(body === undefined ? {} : { body }), headers })
/** Where a test knows that there is text. */
const textOf = (value: unknown) => value as string
const empty = { blocks: [], edges: [] }
const at = (id: string, rest = '') => `/api/workflows/${id}${rest}`

const everyRoute: [method: string, rest: string, body?: object][] = [
  ['GET', ''],
  ['PATCH', '', { name: 'x' }],
  ['DELETE', ''],
  ['PUT', '/graph', empty],
  ['POST', '/deploy'],
  ['POST', '/undeploy'],
  ['POST', '/arm'],
  ['POST', '/disarm'],
  ['GET', '/versions'],
  ['GET', '/versions/1'],
  ['GET', '/executions'],
  ['GET', `/executions/${randomUUID()}`],
  ['GET', `/executions/${randomUUID()}/logs`],
  ['GET', `/executions/${randomUUID()}/values/${randomUUID()}`],
]

describe.each(everyRoute)('%s /api/workflows/{id}%s', (method, rest, body) => {
  it('is 401 without a key and 404 for an unknown workflow', async () => {
    const stranger = await send(server, method, at(randomUUID(), rest), { key: null, ...(body && { body }) })
    expect([stranger.status, Object.keys(stranger.body)]).toEqual([401, ['error']])
    const unknown = await call(method, at(randomUUID(), rest), body)
    expect([unknown.status, unknown.body]).toEqual([
      404,
      { error: 'Workflow not found', error_code: 'WORKFLOW_NOT_FOUND' },
    ])
  })

  it.each(['x', '%00', '..%2f..%2fetc', '{00000000-0000-0000-0000-000000000000}', 'urn:uuid:' + randomUUID()])(
    'is 404 for the id %s',
    async (id) => {
      const reply = await call(method, at(id, rest), body)
      expect([reply.status, reply.body['error_code']]).toEqual([404, 'WORKFLOW_NOT_FOUND'])
    },
  )
})

describe('a workflow over HTTP', () => {
  it('is created, read, changed, saved and deleted', async () => {
    const created = await call('POST', '/api/workflows', { name: 'Flow', variables: { a: 1 } })
    expect([created.status, created.body]).toEqual([201, { id: expect.any(String) as string, name: 'Flow' }])
    const id = textOf(created.body['id'])
    expect((await call('PATCH', at(id), { description: 'd' })).body).toEqual({ ok: true })
    const saved = await call('PUT', at(id, '/graph'), { blocks: [{ id: 'a', type: 'starter' }] })
    expect([saved.status, saved.body]).toEqual([200, { ok: true, blocks: 1, edges: 0, version: 1, issues: [] }])
    const read = await call('GET', at(id.toUpperCase()))
    expect(read.body).toMatchObject({
      id,
      name: 'Flow',
      description: 'd',
      variables: { a: 1 },
      version: 1,
      armed_until: null,
    })
    const gone = await call('DELETE', at(id))
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect((await call('GET', at(id))).status).toBe(404)
    expect((await call('DELETE', at(id))).status).toBe(404)
  })

  it.each([
    [{}],
    [{ name: '' }],
    [{ name: 'x'.repeat(256) }],
    [{ name: 'x', variables: [] }],
    [{ name: 'a\0' }],
    [{ name: 'x', color: 7 }],
  ])('refuses to create %j with 400 and issues', async (body) => {
    const reply = await call('POST', '/api/workflows', body)
    expect([reply.status, reply.body['error_code']]).toEqual([400, 'VALIDATION_ERROR'])
    expect(Array.isArray(reply.body['issues'])).toBe(true)
  })

  it('refuses a PATCH that names nothing', async () => {
    const id = await createWorkflow(server, empty)
    expect((await call('PATCH', at(id), {})).status).toBe(400)
    expect((await call('PATCH', at(id), { version: 3 })).status).toBe(400)
  })

  it('attack 9: query parameters that come twice, or hold anything, never fail the list', async () => {
    for (const query of [
      'limit=1&limit=2',
      'q=%00',
      'q=%ff',
      'offset=1e9',
      'limit[]=1',
      '__proto__=1',
      'q=' + '%25'.repeat(500),
    ])
      expect((await call('GET', `/api/workflows?${query}`)).status).toBe(200)
    const junk = await call('GET', '/api/workflows?sort=graph')
    expect([junk.status, junk.body['error_code']]).toEqual([400, 'VALIDATION_ERROR'])
    for (const allowed of ['created_at', 'name', 'updated_at', 'last_execution_at'])
      expect(textOf(junk.body['error'])).toContain(allowed)
    expect((await call('GET', '/api/workflows?order=sideways')).status).toBe(400)
    expect((await call('GET', '/api/workflows?order=ASC')).status).toBe(200)
  })

  it('offers no other methods', async () => {
    const id = await createWorkflow(server, empty)
    const reply = await call('GET', at(id, '/deploy'))
    expect([reply.status, reply.body['error_code'], reply.headers.get('allow')]).toEqual([
      405,
      'METHOD_NOT_ALLOWED',
      'POST',
    ])
  })
})

describe('PUT /graph', () => {
  it.each([
    ['blocks missing', {}],
    ['a block without id', { blocks: [{ type: 'code' }] }],
    ['a block without type', { blocks: [{ id: 'a' }] }],
    ['blocks that are no list', { blocks: {} }],
    ['an edge to nowhere', { blocks: [{ id: 'a', type: 'code' }], edges: [{ source: 'a', target: 'b' }] }],
    ['two blocks of one id', { blocks: [1, 2].map(() => ({ id: 'a', type: 'code' })) }],
    ['a config that is a list', { blocks: [{ id: 'a', type: 'code', config: [] }] }],
    ['a base_version that is text', { blocks: [], base_version: '1' }],
  ])('%s is 400 and nothing is written', async (_title, body) => {
    const id = await createWorkflow(server, empty)
    const reply = await call('PUT', at(id, '/graph'), body)
    expect([reply.status, reply.body['error_code']]).toEqual([400, 'VALIDATION_ERROR'])
    expect((await call('GET', at(id))).body['version']).toBe(1)
  })

  it.each(['teleport', '', '__proto__', 'constructor'])('type %j is 400 `Unknown block type`', async (type) => {
    const id = await createWorkflow(server, empty)
    const reply = await call('PUT', at(id, '/graph'), { blocks: [{ id: 'a', type }] })
    expect([reply.status, reply.body['error']]).toEqual([400, `Unknown block type: ${type}`])
  })

  it('attack 33: two saves from the same base: one 409', async () => {
    const id = await createWorkflow(server, empty)
    const saves = await Promise.all([1, 2].map(() => call('PUT', at(id, '/graph'), { ...empty, base_version: 1 })))
    expect(saves.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(saves.find(({ status }) => status === 409)?.body).toMatchObject({
      error_code: 'REVISION_CONFLICT',
      version: 2,
    })
    expect((await call('PUT', at(id, '/graph'), empty, { 'if-match': '"1"' })).status).toBe(409)
    expect((await call('PUT', at(id, '/graph'), empty, { 'if-match': '"2"' })).body['version']).toBe(3)
  })

  it('attack 10: a webhook id of another workflow is 409 naming the block', async () => {
    const hook = mintWebhook()
    const graph = { blocks: [{ id: 'hook', type: 'webhook', config: hook }] }
    await createWorkflow(server, graph)
    const id = await createWorkflow(server, empty)
    const reply = await call('PUT', at(id, '/graph'), graph)
    expect([reply.status, reply.body]).toMatchObject([409, { error_code: 'WEBHOOK_ID_TAKEN', block: 'hook' }])
  })

  it('attack 13: __proto__ and constructor.prototype in a config reach no prototype', async () => {
    const id = await createWorkflow(server, empty)
    const raw = `{"blocks": [{"id": "a", "type": "code", "config":
      {"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "kept": 1}}]}`
    const reply = await send(server, 'PUT', at(id, '/graph'), { raw, headers: { 'content-type': 'application/json' } })
    expect(reply.status).toBe(200)
    const { text } = await call('GET', at(id))
    expect(text).toContain('"kept":1')
    expect(text).not.toContain('polluted')
  })

  it('a rotated secret kills the old one at once, while the deployed version runs on', async () => {
    const hook = mintWebhook()
    const graph = (secret: string, output: string) => ({
      blocks: [
        { id: 'hook', type: 'webhook', config: { ...hook, webhook_secret: secret } },
        { id: 'out', type: 'response', config: { output } },
      ],
      edges: [{ source: 'hook', target: 'out' }],
    })
    const id = await createWorkflow(server, graph('old', 'live'))
    await call('POST', at(id, '/deploy'))
    await call('PUT', at(id, '/graph'), graph('new', 'draft'))
    expect((await callWebhook(server, { ...hook, webhook_secret: 'old' })).status).toBe(401)
    const answer = await callWebhook(server, { ...hook, webhook_secret: 'new' })
    expect([answer.status, answer.body['output']]).toEqual([200, 'live'])
  })
})

describe('versions and executions', () => {
  it('every version that ran or was deployed is listed and can be saved again', async () => {
    const graph = (n: number) => ({ blocks: [{ id: 'out', type: 'response', config: { output: n } }], edges: [] })
    const id = await createWorkflow(server, graph(1))
    await call('POST', at(id, '/execute'), {})
    await call('PUT', at(id, '/graph'), graph(2))
    await call('PUT', at(id, '/graph'), graph(3))
    await call('POST', at(id, '/deploy'))
    const listed = await call('GET', at(id, '/versions'))
    expect(listed.body).toMatchObject({
      total: 2,
      versions: [{ version: 3 }, { version: 1, deployed_at: null }],
    })
    const first = await call('GET', at(id, '/versions/1'))
    expect(first.body).toMatchObject({ version: 1, blocks: [{ id: 'out', config: { output: 1 } }], edges: [] })
    for (const version of ['2', '0', '99999999999', 'x', '1.5'])
      expect((await call('GET', at(id, `/versions/${version}`))).status).toBe(404)
    expect((await call('PUT', at(id, '/graph'), first.body)).body['version']).toBe(4)
  })

  it('an execution is listed, read and shown with its logs', async () => {
    const id = await createWorkflow(server, {
      blocks: [
        { id: 'start', type: 'starter' },
        { id: 'out', type: 'response', config: { output: '<start.output>' } },
        { id: 'off', type: 'split', enabled: false },
      ],
      edges: [
        { source: 'start', target: 'out' },
        { source: 'start', target: 'off' },
      ],
    })
    const run = await call('POST', at(id, '/execute'), { variables: { a: 1 } })
    expect(run.status).toBe(200)
    const eid = textOf(run.body['execution_id'])
    const listed = await call('GET', at(id, '/executions?limit=5'))
    expect(listed.body).toMatchObject({
      total: 1,
      limit: 5,
      offset: 0,
      executions: [{ id: eid, status: 'completed', input: { a: 1 } }],
    })
    expect((await call('GET', at(id, '/executions?status=done'))).status).toBe(400)
    const one = await call('GET', at(id, `/executions/${eid}`))
    expect(one.body).toMatchObject({ output: { a: 1 }, block_outputs: { start: { output: { a: 1 } } } })
    const logged = async (query = '') =>
      (await call('GET', at(id, `/executions/${eid}/logs${query}`))).body['block_logs']
    expect(await logged()).toMatchObject([
      { block_id: 'start', execution_order: 0 },
      { block_id: 'out', execution_order: 1 },
    ])
    expect(await logged('?include=skipped')).toMatchObject([
      {},
      {},
      { block_id: 'off', status: 'skipped', execution_order: null },
    ])
    // Counted beside the run, not by it.
    await expect
      .poll(async () => (await call('GET', at(id))).body)
      .toMatchObject({ execution_count: 1, last_execution_at: expect.any(String) as string })
    const other = await createWorkflow(server, empty)
    expect((await call('GET', at(other, `/executions/${eid}`))).body['error_code']).toBe('NOT_FOUND')
  })

  it('deleting a workflow stops what it runs, and a graph may delete its own workflow', async () => {
    const slow = {
      id: 'slow',
      type: 'code',
      config: { language: 'javascript', code: 'while (true) {}', timeout_ms: 60000 },
    }
    const id = await createWorkflow(server, { blocks: [slow] })
    const started = await call('POST', at(id, '/execute'), {}, { prefer: 'respond-async' })
    expect(started.status).toBe(202)
    expect((await call('DELETE', at(id))).status).toBe(204)
    const own = await createWorkflow(server, empty)
    const self = {
      id: 'bye',
      type: 'platform_api',
      config: { resource: 'workflows', operation: 'delete', resource_id: own },
    }
    await call('PUT', at(own, '/graph'), { blocks: [self] })
    const ended = await call('POST', at(own, '/execute'), {})
    expect([ended.status, ended.body['error_code']]).toEqual([409, 'EXECUTION_CANCELLED'])
    // Its own end comes before the deletion it asked for.
    await expect.poll(async () => (await call('GET', at(own))).status).toBe(404)
  })
})
