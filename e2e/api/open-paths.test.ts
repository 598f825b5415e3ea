import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorkflow, send } from './client'
import { startServer, type TestServer } from '../../test/server'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

describe('a path that asks for no key', () => {
  it.each([
    ['GET', `/api/webhooks/${randomUUID()}`, 405, 'POST'],
    ['OPTIONS', `/api/webhooks/${randomUUID()}`, 405, 'POST'],
    ['POST', '/api/health', 405, 'GET, HEAD'],
    ['DELETE', '/api/health/', 405, 'GET, HEAD'],
    ['GET', '/api/auth/first-run', 405, 'POST'],
    ['POST', '/api/auth/session', 405, 'GET'],
    ['POST', '/api/webhooks/a/b', 404, null],
    ['GET', '/api/auth/unknown', 404, null],
  ])('says so for the wrong method and the unknown path too: %s %s is %i', async (method, path, status, allow) => {
    const answer = await send(server, method, path, { key: null })
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ error_code: status === 405 ? 'METHOD_NOT_ALLOWED' : 'NOT_FOUND' })
    expect(answer.headers.get('allow')).toBe(allow)
    expect(answer.headers.get('x-request-id')).toBeTruthy()
  })

  it.each(['/api/webhooks', '/api/auth', '/api/health/x', '/api/healthy', '/api/webhooksx/1'])(
    '%s is none of them: 401',
    async (path) => {
      expect((await send(server, 'GET', path, { key: null })).text).toMatch(/^\{"error":"[^"]+"\}$/)
    },
  )
})

describe('an unknown workflow', () => {
  it.each([
    ['GET', 'events'],
    ['GET', 'logs'],
    ['POST', 'cancel'],
  ])('is WORKFLOW_NOT_FOUND before its execution is looked for: %s …/%s', async (method, rest) => {
    const answer = await send(server, method, `/api/workflows/${randomUUID()}/executions/${randomUUID()}/${rest}`)
    expect(answer).toMatchObject({ status: 404, body: { error_code: 'WORKFLOW_NOT_FOUND' } })
    const id = await createWorkflow(server, { blocks: [] })
    const known = await send(server, method, `/api/workflows/${id}/executions/${randomUUID()}/${rest}`)
    expect(known).toMatchObject({ status: 404, body: { error_code: 'NOT_FOUND' } })
  })
})

describe('an execute call', () => {
  const graph = {
    blocks: [
      { id: 's', type: 'starter' },
      { id: 'r', type: 'response' },
    ],
    edges: [{ source: 's', target: 'r' }],
  }

  it.each([
    [{ variables: { a: 1 }, input: { b: 2 } }, { a: 1 }],
    [{ variables: {}, input: 'of any type' }, {}],
    [{ variables: null, input: { b: 2 } }, { b: 2 }],
    [{ input: { b: 2 } }, { b: 2 }],
  ])('ignores input when variables are there: %j', async (body, output) => {
    const id = await createWorkflow(server, graph)
    const answer = await send(server, 'POST', `/api/workflows/${id}/execute`, { body })
    expect(answer).toMatchObject({ status: 200, body: { output } })
  })

  it.each([
    ['respond-async', 202],
    ['wait=5, Respond-Async; x=y', 202],
    ['x; respond-async', 200],
    ['respond-asynchronously', 200],
  ])('with Prefer: %s is %i', async (prefer, status) => {
    const id = await createWorkflow(server, graph)
    const answer = await send(server, 'POST', `/api/workflows/${id}/execute`, { headers: { prefer } })
    expect(answer.status).toBe(status)
  })
})
