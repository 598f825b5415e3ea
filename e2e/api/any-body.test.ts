import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorkflow, mintWebhook, send } from './client'
import { startServer, type TestServer } from '../../test/server'

let server: TestServer
let paths: string[]

beforeAll(async () => {
  server = await startServer({ env: { SLUICE_EXECUTE_CALLS_PER_MINUTE: '1000000' } })
  const hook = mintWebhook()
  const id = await createWorkflow(server, {
    blocks: [
      { id: 'w', type: 'webhook', config: hook },
      { id: 'r', type: 'response' },
    ],
    edges: [{ source: 'w', target: 'r' }],
  })
  // Saves go to another workflow, so that what is called stays as it is.
  const draft = await createWorkflow(server, { blocks: [] })
  await send(server, 'POST', `/api/workflows/${id}/deploy`)
  const run = await send(server, 'POST', `/api/workflows/${id}/execute`)
  const execution = `/api/workflows/${id}/executions/${String(run.body['execution_id'])}`
  paths = [
    'POST /api/workflows',
    `PATCH /api/workflows/${draft}`,
    `PUT /api/workflows/${draft}/graph`,
    ...['deploy', 'undeploy', 'arm', 'disarm', 'execute', 'execute/stream'].map(
      (action) => `POST /api/workflows/${draft}/${action}`,
    ),
    `POST /api/workflows/${id}/execute`,
    `POST ${execution}/cancel`,
    `POST /api/webhooks/${hook.webhook_id}?token=${hook.webhook_secret}`,
    `POST /api/webhooks/${randomUUID()}`,
    'POST /api/settings/api-keys',
    'PUT /api/settings/secrets/ANY',
    'POST /api/auth/callback/credentials',
    'POST /api/auth/first-run',
    `GET /api/workflows/${id}`,
    `DELETE /api/workflows/${randomUUID()}`,
  ]
})
afterAll(() => server.stop())

const block = fc.record(
  {
    id: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
    type: fc.oneof(fc.constantFrom('starter', 'code', 'response', 'webhook', 'agent', 'general_api'), fc.jsonValue()),
    name: fc.jsonValue(),
    position: fc.jsonValue(),
    config: fc.oneof(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.jsonValue()),
    enabled: fc.oneof(fc.boolean(), fc.jsonValue()),
  },
  { requiredKeys: [] },
)
const objects = fc.record(
  {
    name: fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.jsonValue()),
    description: fc.jsonValue(),
    variables: fc.oneof(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.jsonValue()),
    input: fc.jsonValue(),
    color: fc.jsonValue(),
    resume: fc.jsonValue(),
    notes: fc.oneof(fc.array(fc.record({ id: fc.string(), text: fc.string({ unit: 'binary' }) })), fc.jsonValue()),
    pins: fc.oneof(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.jsonValue()),
    blocks: fc.oneof(fc.array(block, { maxLength: 4 }), fc.jsonValue()),
    edges: fc.oneof(fc.array(fc.jsonValue(), { maxLength: 3 }), fc.jsonValue()),
    base_version: fc.jsonValue(),
    value: fc.jsonValue(),
    scopes: fc.jsonValue(),
    email: fc.jsonValue(),
    password: fc.jsonValue(),
    code: fc.jsonValue(),
  },
  { requiredKeys: [] },
)
const anyBody = fc.oneof(objects, fc.jsonValue(), fc.anything({ withNullPrototype: true, maxDepth: 3 }))

it('attack 13: any JSON body to any route is answered 2xx, 3xx or 4xx, in JSON where it is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), anyBody, async (pick, body) => {
      const [method = '', path = ''] = (paths[pick % paths.length] ?? '').split(' ')
      const raw = method === 'GET' ? undefined : (textOf(body) ?? 'null')
      const answer = await send(server, method, path, {
        ...(raw !== undefined && { raw }),
        headers: { 'content-type': 'application/json' },
      })
      expect([method, path, answer.status < 500 || answer.text.includes('"error_code":"EXECUTION_FAILED"')]).toEqual([
        method,
        path,
        true,
      ])
      expect(answer.headers.get('x-request-id')).toBeTruthy()
      if (answer.status >= 400) expect(answer.body['error']).toEqual(expect.any(String))
    }),
    { numRuns: 600 },
  )
  // Whatever was saved on the way can be listed and read.
  expect((await send(server, 'GET', '/api/workflows?limit=100')).status).toBe(200)
})

/** What JSON has no text for (a bigint, a symbol) is no body. */
function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}
