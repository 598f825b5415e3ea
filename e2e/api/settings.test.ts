import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../test/server'
import { createWorkflow, send } from './client'

describe('settings, over the wire', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.stop())

  async function makeKey(scopes: string[]): Promise<{ id: string; key: string }> {
    const made = await send(server, 'POST', '/api/settings/api-keys', { body: { name: 'test', scopes } })
    expect(made.status, made.text).toBe(201)
    return made.body as unknown as { id: string; key: string }
  }

  it('attack 32: a key does what its scopes say and no more', async () => {
    const id = await createWorkflow(server, { blocks: [{ id: 'start', type: 'starter' }] })
    const calls = [
      ['read', 'GET', '/api/workflows', undefined],
      ['read', 'GET', `/api/workflows/${id}`, undefined],
      ['run', 'POST', `/api/workflows/${id}/execute`, {}],
      ['write', 'PATCH', `/api/workflows/${id}`, { name: 'renamed' }],
      ['write', 'PUT', `/api/workflows/${id}/graph`, { blocks: [{ id: 'start', type: 'starter' }] }],
      ['write', 'POST', `/api/workflows/${id}/arm`, {}],
      ['admin', 'GET', '/api/settings/api-keys', undefined],
      ['admin', 'GET', '/api/settings/secrets', undefined],
    ] as const
    for (const scope of ['read', 'run', 'write', 'admin']) {
      const { key } = await makeKey([scope])
      for (const [needed, method, path, body] of calls) {
        const { status, text } = await send(server, method, path, { key, ...(body && { body }) })
        expect(`${scope} key, ${method} ${path}: ${status} ${text}`).toMatch(
          needed === scope ? /: 200/ : /: 403 .*FORBIDDEN/,
        )
      }
    }
  })

  it('a revoked key is dead at once', async () => {
    const { id, key } = await makeKey(['read'])
    expect((await send(server, 'GET', '/api/workflows', { key })).status).toBe(200)
    expect((await send(server, 'DELETE', `/api/settings/api-keys/${id}`)).status).toBe(204)
    expect(await send(server, 'GET', '/api/workflows', { key })).toMatchObject({
      status: 401,
      body: { error: expect.any(String) as string },
    })
  })

  it('attack 36: a secret is used, and shown nowhere', async () => {
    const value = 'very/secret+value 1'
    expect((await send(server, 'PUT', '/api/settings/secrets/API_TOKEN', { body: { value } })).status).toBe(200)
    const id = await createWorkflow(server, {
      blocks: [
        { id: 'start', type: 'starter' },
        {
          id: 'call',
          type: 'general_api',
          config: {
            url: 'http://127.0.0.1:1/?key={{secrets.API_TOKEN}}',
            headers: { authorization: 'Bearer {{secrets.API_TOKEN}}' },
            on_error: 'continue',
          },
        },
        { id: 'reply', type: 'response' },
      ],
      edges: [
        { source: 'start', target: 'call' },
        { source: 'call', target: 'reply' },
      ],
    })
    const run = await send(server, 'POST', `/api/workflows/${id}/execute`, { body: {} })
    expect(run.status, run.text).toBe(200)
    const eid = run.body['execution_id'] as unknown as string
    const shown = [run]
    for (const path of [id, `${id}/executions`, `${id}/executions/${eid}`, `${id}/executions/${eid}/logs`])
      shown.push(await send(server, 'GET', `/api/workflows/${path}`))
    shown.push(await send(server, 'GET', '/api/settings/secrets'))
    for (const { text } of shown)
      for (const form of [
        value,
        encodeURIComponent(value),
        value.replace(' ', '%20'),
        Buffer.from(value).toString('base64'),
      ])
        expect(text).not.toContain(form)
    expect((await send(server, 'DELETE', '/api/settings/secrets/API_TOKEN')).status).toBe(204)
    expect((await send(server, 'DELETE', '/api/settings/secrets/API_TOKEN')).status).toBe(404)
  })
})
