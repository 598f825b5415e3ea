import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callWebhook, createWorkflow, mintWebhook, send } from './client'
import { startServer, type TestServer } from '../../test/server'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

/** webhook -> response that echoes its payload. */
function echoGraph(config: object, response: object = {}) {
  return {
    blocks: [
      { id: 'hook', type: 'webhook', config },
      { id: 'out', type: 'response', config: { output: '<hook.output>', ...response } },
    ],
    edges: [{ source: 'hook', target: 'out' }],
  }
}

async function hookedWorkflow(state: 'internal' | 'armed' | 'deployed', response: object = {}) {
  const hook = mintWebhook()
  const id = await createWorkflow(server, echoGraph(hook, response))
  if (state === 'armed') expect((await send(server, 'POST', `/api/workflows/${id}/arm`)).status).toBe(200)
  if (state === 'deployed') expect((await send(server, 'POST', `/api/workflows/${id}/deploy`)).status).toBe(200)
  return { id, hook }
}

async function executionCount(id: string): Promise<number> {
  return (await send(server, 'GET', `/api/workflows/${id}/executions`)).body['total'] as unknown as number
}

async function isArmed(id: string): Promise<boolean> {
  const workflow = await send(server, 'GET', `/api/workflows/${id}`)
  return typeof (workflow.body['armed_until'] as unknown) === 'string'
}

describe('the order of the door', () => {
  it('1: an id that is no UUID is 400, before anything else', async () => {
    const reply = await send(server, 'POST', '/api/webhooks/not-a-uuid', { key: null })
    expect([reply.status, reply.body['error'], reply.body['error_code']]).toEqual([
      400,
      'Invalid webhook ID',
      'VALIDATION_ERROR',
    ])
  })

  it('2: an unknown id is 404, with or without a secret', async () => {
    const reply = await send(server, 'POST', `/api/webhooks/${randomUUID()}`, { key: 'x' })
    expect([reply.status, reply.body['error'], reply.body['error_code']]).toEqual([
      404,
      'Webhook not found',
      'WORKFLOW_NOT_FOUND',
    ])
  })

  it('3: a wrong secret is 401 with nothing but the error', async () => {
    const { hook } = await hookedWorkflow('deployed')
    const reply = await callWebhook(server, hook, { secret: 'wrong' })
    expect(reply.status).toBe(401)
    expect(reply.body).toEqual({ error: 'Unauthorized' })
  })

  it('7: right secret, neither deployed nor armed: 403', async () => {
    const { hook } = await hookedWorkflow('internal')
    const reply = await callWebhook(server, hook, { body: {} })
    expect([reply.status, reply.body['error'], reply.body['error_code']]).toEqual([
      403,
      'Webhook is not active',
      'WEBHOOK_NOT_ACTIVE',
    ])
  })

  it('takes upper-case ids, and the token from the query when no bearer header is there', async () => {
    const { hook } = await hookedWorkflow('deployed')
    const upper = { ...hook, webhook_id: hook.webhook_id.toUpperCase() }
    const query = `?token=${hook.webhook_secret}`
    expect((await callWebhook(server, upper, { body: { n: 1 }, secret: null, query })).status).toBe(200)
    const basic = { authorization: 'Basic abc' }
    expect((await callWebhook(server, hook, { body: {}, secret: null, query, headers: basic })).status).toBe(200)
    const empty = { authorization: 'Bearer' }
    expect((await callWebhook(server, hook, { body: {}, secret: null, query, headers: empty })).status).toBe(401)
  })

  it('attack 9: braces, urn, traversal and NUL are no ids', async () => {
    const id = randomUUID()
    for (const path of [`{${id}}`, `urn:uuid:${id}`, '..%2f..%2fhealth', '%00', `${id}%00`, id.replaceAll('-', '')])
      expect((await send(server, 'POST', `/api/webhooks/${path}`, { key: null })).status, path).toBe(400)
  })

  it('attack 7: a stored secret that is no text opens for nothing, and nothing breaks', async () => {
    for (const webhook_secret of ['', '   ', null, 42, {}, ['x']]) {
      const hook = { webhook_id: randomUUID(), webhook_secret: webhook_secret as string }
      const id = await createWorkflow(server, echoGraph(hook))
      await send(server, 'POST', `/api/workflows/${id}/deploy`)
      for (const secret of [null, 'null', '42', '[object Object]', 'x', '   '])
        expect((await callWebhook(server, hook, { body: {}, secret })).status).toBe(401)
      const saved = await send(server, 'GET', `/api/workflows/${id}`)
      expect(saved.body['blocks']?.[0]?.['config']?.['webhook_secret']).toEqual(webhook_secret)
    }
  })

  it('attack 8: odd tokens are 401, one over the header limit is 431', async () => {
    const { hook } = await hookedWorkflow('deployed')
    for (const query of ['?token=%00', '?token=%C3%A9', '?token=%ff', '?token='])
      expect((await callWebhook(server, hook, { body: {}, secret: null, query })).status, query).toBe(401)
    expect((await callWebhook(server, hook, { secret: 'a'.repeat(8_000) })).status).toBe(401)
    const huge = await callWebhook(server, hook, { secret: 'a'.repeat(1_000_000) }).catch(() => null)
    if (huge) expect([huge.status, huge.body['error_code']]).toEqual([431, 'HEADERS_TOO_LARGE'])
  })
})

describe('arm', () => {
  it('lets exactly one call in, then asks to be armed again', async () => {
    const { id, hook } = await hookedWorkflow('armed')
    const first = await callWebhook(server, hook, { body: { hello: 'world' } })
    expect(first.status, first.text).toBe(200)
    expect(first.body['output']).toEqual({ hello: 'world' })
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(403)
    await send(server, 'POST', `/api/workflows/${id}/arm`)
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(200)
    expect(await executionCount(id)).toBe(2)
  })

  it('attack 1: ten thousand wrong secrets leave the slot for the right one', async () => {
    const { id, hook } = await hookedWorkflow('armed')
    const statuses = new Set<number>()
    for (let round = 0; round < 100; round++) {
      const replies = await Promise.all(
        Array.from({ length: 100 }, (_, i) => callWebhook(server, hook, { secret: `wrong-${round}-${i}` })),
      )
      for (const reply of replies) statuses.add(reply.status)
    }
    expect([...statuses]).toEqual([401])
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(200)
    expect(await executionCount(id)).toBe(1)
  })

  it('attack 2: of two hundred right calls at once, one runs', async () => {
    const { id, hook } = await hookedWorkflow('armed')
    const replies = await Promise.all(Array.from({ length: 200 }, () => callWebhook(server, hook, { body: {} })))
    const statuses = replies.map((reply) => reply.status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 403)).toHaveLength(199)
    expect(await executionCount(id)).toBe(1)
  })

  it('attack 4: a bad body, a bad type and an oversized body do not spend the slot', async () => {
    const { id, hook } = await hookedWorkflow('armed')
    const json = { 'content-type': 'application/json' }
    expect((await callWebhook(server, hook, { raw: '{"a":', headers: json })).status).toBe(400)
    expect(
      (await callWebhook(server, hook, { raw: 'x', headers: { ...json, 'content-encoding': 'gzip' } })).status,
    ).toBe(415)
    const big = await callWebhook(server, hook, { raw: `"${'x'.repeat(6 * 1024 * 1024)}"`, headers: json }).catch(
      () => null,
    )
    if (big) expect([big.status, big.body['error_code']]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
    expect(await isArmed(id)).toBe(true)
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(200)
  })

  it('a graph that cannot run is 422 without details and does not spend the slot', async () => {
    const hook = mintWebhook()
    const graph = echoGraph(hook)
    const id = await createWorkflow(server, {
      ...graph,
      edges: [...graph.edges, { source: 'out', target: 'out' }],
    })
    await send(server, 'POST', `/api/workflows/${id}/arm`)
    const reply = await callWebhook(server, hook, { body: {} })
    expect([reply.status, reply.body['error_code'], reply.body['issues']]).toEqual([422, 'GRAPH_INVALID', undefined])
    expect(await isArmed(id)).toBe(true)
  })

  it('attack 3: the database judges the window, not the caller', async () => {
    const { id, hook } = await hookedWorkflow('armed')
    await send(server, 'POST', `/api/workflows/${id}/disarm`)
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(403)
  })

  it('attack 5: arming while deployed changes nothing a caller can see, and undeploy clears it', async () => {
    const { id, hook } = await hookedWorkflow('deployed')
    expect((await send(server, 'POST', `/api/workflows/${id}/arm`)).status).toBe(200)
    for (let i = 0; i < 3; i++) expect((await callWebhook(server, hook, { body: {} })).status).toBe(200)
    expect((await send(server, 'POST', `/api/workflows/${id}/undeploy`)).body).toEqual({ ok: true, state: 'internal' })
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(403)
  })
})

describe('deploy', () => {
  it('runs the deployed version while the draft moves on', async () => {
    const { id, hook } = await hookedWorkflow('deployed', { output: 'live' })
    await send(server, 'PUT', `/api/workflows/${id}/graph`, { body: echoGraph(hook, { output: 'draft' }) })
    expect((await callWebhook(server, hook, { body: {} })).body['output']).toBe('live')
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    expect((await callWebhook(server, hook, { body: {} })).body['output']).toBe('draft')
  })

  it('a rotated secret kills the old one at once, deployed or not', async () => {
    const { id, hook } = await hookedWorkflow('deployed')
    const rotated = { ...hook, webhook_secret: randomUUID() }
    await send(server, 'PUT', `/api/workflows/${id}/graph`, { body: echoGraph(rotated) })
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(401)
    expect((await callWebhook(server, rotated, { body: {} })).status).toBe(200)
  })

  it('a webhook block that the deployed version lacks, or has disabled, is 403', async () => {
    const hook = mintWebhook()
    const id = await createWorkflow(server, { blocks: [{ id: 's', type: 'starter' }] })
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    await send(server, 'PUT', `/api/workflows/${id}/graph`, { body: echoGraph(hook) })
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(403)
  })
})

describe('the answer', () => {
  it('has the shape its response block chose', async () => {
    const { hook } = await hookedWorkflow('deployed', { status: 201, headers: { 'X-Kind': 'order' } })
    const reply = await callWebhook(server, hook, { body: { n: 1 } })
    expect([reply.status, reply.headers.get('x-kind'), reply.body['output']]).toEqual([201, 'order', { n: 1 }])
    expect(reply.body['status']).toBe('completed')
  })

  it('attack 18: HTML comes back bare with raw, sandboxed and nosniff', async () => {
    const response = { output: '<script>alert(1)</script>', raw: true, headers: { 'Content-Type': 'text/html' } }
    const { hook } = await hookedWorkflow('deployed', response)
    const reply = await callWebhook(server, hook, { body: {} })
    expect(reply.text).toBe('<script>alert(1)</script>')
    expect(reply.headers.get('content-security-policy')).toContain('sandbox')
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    { 'Set-Cookie': 'a=b' },
    { 'X-A': 'a\r\nX-B: b' },
    { Connection: 'close' },
    { 'Transfer-Encoding': 'chunked' },
  ])('attack 19: the header %j from a graph is refused', async (headers) => {
    const { hook } = await hookedWorkflow('deployed', { headers })
    const reply = await callWebhook(server, hook, { body: {} })
    expect(reply.headers.get('set-cookie')).toBeNull()
    expect(reply.headers.get('x-b')).toBeNull()
    expect(reply.status).toBe(500)
  })

  it('a failed run is 500 and tells a stranger nothing', async () => {
    const hook = mintWebhook()
    const id = await createWorkflow(server, {
      blocks: [
        { id: 'hook', type: 'webhook', config: hook },
        { id: 'bad', type: 'code', config: { language: 'javascript', code: 'throw new Error("inner secret")' } },
      ],
      edges: [{ source: 'hook', target: 'bad' }],
    })
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    const reply = await callWebhook(server, hook, { body: {} })
    expect(reply.status).toBe(500)
    expect(Object.keys(reply.body).sort()).toEqual(['error', 'error_code', 'execution_id'])
    expect(reply.text).not.toContain('inner secret')
    expect(reply.body['error']).toBe('Workflow execution failed')
  })

  it('attack 11: the token is in no input, log or trace of the call', async () => {
    const { id, hook } = await hookedWorkflow('deployed')
    const query = `?token=${hook.webhook_secret}&a=1`
    const headers = { referer: `http://x/?token=${hook.webhook_secret}` }
    const reply = await callWebhook(server, hook, { body: {}, secret: null, query, headers })
    const eid = reply.body['execution_id'] as unknown as string
    for (const path of ['', '/logs', '/events'])
      expect((await send(server, 'GET', `/api/workflows/${id}/executions/${eid}${path}`)).text).not.toContain(
        hook.webhook_secret,
      )
  })

  it('Prefer: respond-async is 202 with the place to look', async () => {
    const { hook } = await hookedWorkflow('deployed')
    const reply = await callWebhook(server, hook, { body: { n: 1 }, headers: { prefer: 'respond-async' } })
    expect([reply.status, reply.body['status']]).toEqual([202, 'queued'])
    const place = reply.headers.get('location') ?? ''
    await expect.poll(async () => (await send(server, 'GET', place)).body['status']).toBe('completed')
  })
})

describe('idempotency', () => {
  it('attack 15: one delivery runs once, serially and at once', async () => {
    const { id, hook } = await hookedWorkflow('deployed')
    const headers = { 'webhook-id': randomUUID() }
    const first = await callWebhook(server, hook, { body: { n: 1 }, headers })
    const again = await callWebhook(server, hook, { body: { n: 2 }, headers })
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(again.body).toEqual(first.body)
    const key = { 'idempotency-key': randomUUID() }
    const many = await Promise.all(
      Array.from({ length: 50 }, () => callWebhook(server, hook, { body: {}, headers: key })),
    )
    for (const reply of many) expect([200, 409]).toContain(reply.status)
    expect(await executionCount(id)).toBe(2)
  })

  it('a known key is answered without the gate, even after the slot was spent', async () => {
    const { hook } = await hookedWorkflow('armed')
    const headers = { 'idempotency-key': 'order-1' }
    const first = await callWebhook(server, hook, { body: { n: 1 }, headers })
    const again = await callWebhook(server, hook, { body: { n: 1 }, headers })
    expect([first.status, again.status]).toEqual([200, 200])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
  })
})
