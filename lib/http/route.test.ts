import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { configureAuth } from '../auth/auth-state'
import { Answer, type Call, type Endpoint } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import { closeDatabase, connectDatabase } from '../data/database'
import { methods } from './methods'
import { route } from './route'

const key = 'automation-key-0123456789'
const json = { 'content-type': 'application/json' }

// Port 9 answers nothing: the database is only asked who the first owner is, and its absence must not pass for a 401.
const unreachable = 'postgres://x:x@127.0.0.1:9/x'

const endpoint: Endpoint<{ id: string }, { n?: string | undefined }, { name: string }> = {
  scope: null,
  params: z.object({ id: z.uuid() }),
  query: z.object({ n: z.string().max(3).optional() }),
  body: z.object({ name: z.string().min(1) }),
  maxBodyBytes: 1000,
  status: 201,
}
const id = '0197a5b0-0000-7000-8000-000000000001'

async function send(
  work: (call: Call<{ id: string }, { n?: string | undefined }, { name: string }>) => unknown,
  init: RequestInit & { duplex?: 'half' } = {},
  at: { id?: string; search?: string; endpoint?: Partial<typeof endpoint> } = {},
) {
  const handler = route({ ...endpoint, ...at.endpoint }, work)
  const workflowId = at.id ?? id
  const url = `http://sluice.test/api/workflows/${workflowId}${at.search ?? ''}`
  const request = new Request(url, { method: 'POST', headers: json, body: '{"name":"x"}', ...init })
  const response = await handler(request, { params: Promise.resolve({ id: workflowId }) })
  const text = await response.text()
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  return { status: response.status, headers: response.headers, body }
}

beforeAll(() => {
  configureAuth({ automationKey: key, host: '127.0.0.1' })
  connectDatabase(unreachable)
})
afterAll(closeDatabase)

describe('route', () => {
  it('hands params, query and body to the operation and answers its result as JSON', async () => {
    const answer = await send(({ params, query, body }) => ({ params, query, body }), {}, { search: '?n=1&n=2' })
    expect(answer).toMatchObject({ status: 201, body: { params: { id }, query: { n: '1' }, body: { name: 'x' } } })
    expect(answer.headers.get('content-type')).toBe('application/json')
  })

  it('answers nothing with 204', async () => {
    expect(await send(() => undefined)).toMatchObject({ status: 204, body: undefined })
  })

  it('sends an Answer with its own status and headers, framing headers excepted', async () => {
    const headers = { 'X-Own': '1', 'Transfer-Encoding': 'chunked', 'Content-Length': '3' }
    const answer = await send(() => new Answer(418, { bytes: '{"a":1}' }, headers))
    expect(answer).toMatchObject({ status: 418, body: { a: 1 } })
    expect(answer.headers.get('x-own')).toBe('1')
    expect(answer.headers.get('transfer-encoding')).toBeNull()
  })

  it('gives every answer a request id and keeps a sane one of the caller', async () => {
    expect((await send(() => 1)).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    const own = { ...json, 'x-request-id': 'trace-7' }
    expect((await send(() => Promise.reject(new Error('bug')), { headers: own })).headers.get('x-request-id')).toBe(
      'trace-7',
    )
    const odd = { ...json, 'x-request-id': 'a b<script>' }
    expect((await send(() => 1, { headers: odd })).headers.get('x-request-id')).not.toContain('script')
  })

  it('attack 9: a path id that is no UUID is 404', async () => {
    const unknown = { status: 404, body: { error_code: 'WORKFLOW_NOT_FOUND' } }
    for (const odd of ['7', `{${id}}`, `urn:uuid:${id}`, '%00', `${id}%00`]) {
      expect(await send(() => 1, {}, { id: odd })).toMatchObject(unknown)
    }
  })

  it.each([
    ['a list', '[1]', json, 400, 'VALIDATION_ERROR'],
    ['a text', '"x"', json, 400, 'VALIDATION_ERROR'],
    ['malformed JSON', '{"name":', json, 400, 'VALIDATION_ERROR'],
    ['bytes that are not UTF-8', new Uint8Array([123, 255, 125]), json, 400, 'VALIDATION_ERROR'],
    ['too deep JSON', '{"name":'.repeat(201), { ...json }, 413, 'PAYLOAD_TOO_LARGE'],
    ['deep JSON', '['.repeat(201), json, 400, 'VALIDATION_ERROR'],
    ['too many bytes', `{"name":"${'x'.repeat(1000)}"}`, json, 413, 'PAYLOAD_TOO_LARGE'],
    ['plain text', '{"name":"x"}', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a form', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['gzip', 'x', { ...json, 'content-encoding': 'gzip' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a length over the limit', '{}', { ...json, 'content-length': '1001' }, 413, 'PAYLOAD_TOO_LARGE'],
  ])('attack 13: refuses %s', async (_what, body, headers, status, code) => {
    expect(await send(() => 1, { body, headers })).toMatchObject({ status, body: { error_code: code } })
  })

  it('counts the bytes of a body that does not announce its length', async () => {
    const chunks = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(400).fill(32)),
    })
    const answer = await send(() => 1, { body: chunks, duplex: 'half' })
    expect(answer).toMatchObject({ status: 413, body: { error_code: 'PAYLOAD_TOO_LARGE', limit_bytes: 1000 } })
  })

  it.each(['application/vnd.api+json', 'Application/JSON; charset=utf-8'])('takes a body of type %s', async (type) => {
    expect(await send(({ body }) => body, { headers: { 'content-type': type } })).toMatchObject({ body: { name: 'x' } })
  })

  it('takes an absent content type and an empty body as {}', async () => {
    const issues = { status: 400, body: { issues: [{ path: 'name' }] } }
    expect(await send(() => 1, { body: new Uint8Array([123, 125]), headers: {} })).toMatchObject(issues)
    expect(await send(() => 1, { body: '{}', headers: { 'content-type': ' ' } })).toMatchObject(issues)
    expect(await send(() => 1, { body: '' })).toMatchObject(issues)
    expect(await send(() => 1, { body: '', headers: { 'content-type': 'text/plain' } })).toMatchObject(issues)
  })

  it('lists what is invalid by path', async () => {
    const answer = await send(() => 1, {}, { search: '?n=long' })
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'VALIDATION_ERROR', issues: [{ path: 'n' }] } })
  })

  it('answers what an operation refuses with its code, details and wait', async () => {
    const limited = await send(() => {
      throw new AppError('RATE_LIMITED', 'Too many', { left: 0 }, { retryAfterSeconds: 1.2 })
    })
    expect(limited).toMatchObject({ status: 429, body: { error: 'Too many', error_code: 'RATE_LIMITED', left: 0 } })
    expect(limited.headers.get('retry-after')).toBe('2')
    const stranger = await send(() => Promise.reject(new AppError('UNAUTHORIZED', 'Unauthorized', { secret: 1 })))
    expect(stranger).toMatchObject({ status: 401 })
    expect(stranger.body).toEqual({ error: 'Unauthorized' })
  })

  it('attack 36: a bug is 500 without a word of its inside', async () => {
    const answer = await send(() => Promise.reject(new Error('password=hunter2')))
    expect(answer).toMatchObject({ status: 500, body: { error_code: 'INTERNAL' } })
    expect(JSON.stringify(answer.body)).not.toContain('hunter2')
  })

  it('attack 41: a database that is gone is 503 with a wait, when asking who calls and inside the operation', async () => {
    const headers = { ...json, authorization: `Bearer ${key}` }
    const asking = await send(() => 1, { headers }, { endpoint: { scope: 'read' } })
    const gone = Object.assign(new Error('terminating connection'), { code: '57P01' })
    const inside = await send(() => Promise.reject(new Error('query failed', { cause: gone })))
    for (const answer of [asking, inside]) {
      expect(answer).toMatchObject({ status: 503, body: { error_code: 'OVERLOADED' } })
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
  })

  it('answers a stranger 401 before it looks at path, query or body', async () => {
    const answer = await send(() => 1, { body: '{' }, { id: 'no', endpoint: { scope: 'read' } })
    expect(answer.status).toBe(401)
    expect(Object.keys(answer.body as object)).toEqual(['error'])
  })

  it('leaves the body of an open endpoint to the operation', async () => {
    const raw = new Uint8Array([0, 255, 1])
    const readIt = async ({ request }: Call) => ({ bytes: [...(await request.readBytes(3))] })
    expect(await send(readIt, { body: raw }, { endpoint: { body: null } })).toMatchObject({
      body: { bytes: [0, 255, 1] },
    })
    const tooMuch = ({ request }: Call) => request.readBytes(2)
    expect(await send(tooMuch, { body: raw }, { endpoint: { body: null } })).toMatchObject({ status: 413 })
    expect(await send(() => 'unread', { body: raw }, { endpoint: { body: null } })).toMatchObject({ status: 201 })
  })
})

describe('a route without parameters', () => {
  it('answers when Next hands it none', async () => {
    const handler = route({ ...endpoint, params: z.object({}), body: null }, ({ params }) => params)
    const response = await handler(new Request('http://sluice.test/api/x'), { params: Promise.resolve(undefined) })
    expect([response.status, await response.json()]).toEqual([201, {}])
  })
})

describe('methods', () => {
  const offered = methods({ PUT: route({ ...endpoint, body: null }, () => 1) })

  it('answers a stranger 401 on a method that is not offered', async () => {
    const response = await offered.GET(new Request('http://sluice.test/api/x'), { params: Promise.resolve({}) })
    expect(response.status).toBe(401)
  })

  it('offers HEAD wherever it offers GET', () => {
    const { GET, HEAD } = methods({ GET: route(endpoint, () => 1) })
    expect(HEAD).toBe(GET)
  })
})
