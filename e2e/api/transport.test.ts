import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../test/server'
import { createWorkflow, send } from './client'

let server: TestServer
let workflowId: string
beforeAll(async () => {
  server = await startServer()
  workflowId = await createWorkflow(server, { blocks: [{ id: 's', type: 'starter' }] })
})
afterAll(() => server.stop())

/** Sends bytes as they are and reads what comes until the server ends the connection. */
async function raw(text: string): Promise<{ status: number; head: string; body: Record<string, unknown> }> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(text)
  let answer = ''
  socket.on('data', (chunk) => (answer += String(chunk)))
  await once(socket, 'close')
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  return {
    status: Number(head.split(' ')[1]),
    head: head.toLowerCase(),
    body: JSON.parse(body) as Record<string, unknown>,
  }
}
const rawCall = (line: string, headers: string[] = [], body = '') =>
  raw(
    [`${line} HTTP/1.1`, 'Host: x', `Authorization: Bearer ${server.apiKey}`, 'Connection: close', ...headers].join(
      '\r\n',
    ) + `\r\n\r\n${body}`,
  )

describe('every answer', () => {
  it('carries x-request-id, the caller’s own when it is sane', async () => {
    for (const path of ['/api/health', '/api/workflows', '/api/nowhere', '/api/auth/session', '/sign-in']) {
      expect([path, (await send(server, 'GET', path)).headers.get('x-request-id')]).toEqual([path, expect.any(String)])
    }
    const own = await send(server, 'GET', '/api/health', { headers: { 'x-request-id': 'trace-7' } })
    expect(own.headers.get('x-request-id')).toBe('trace-7')
  })

  it('attack 34: allows no other origin', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'GET' }
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await send(server, method, '/api/workflows', { headers })
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })
})

describe('authentication', () => {
  it.each(['/api', '/api/', '/api/workflows', '/api/nowhere', '/api/healthy', '/api//health'])(
    'comes before the route is looked up: %s is 401 without a key',
    async (path) => {
      for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
        const answer = await send(server, method, path, { key: null })
        expect([method, answer.status, Object.keys(answer.body)]).toEqual([method, 401, ['error']])
      }
    },
  )

  it('is not asked for by health, sign-in and webhooks', async () => {
    expect(await send(server, 'GET', '/api/health', { key: null })).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    })
    expect((await send(server, 'GET', '/api/auth/session', { key: null })).status).toBe(200)
    const unknown = { status: 404, body: { error: 'Webhook not found', error_code: 'WORKFLOW_NOT_FOUND' } }
    expect(await send(server, 'POST', `/api/webhooks/${randomUUID()}`, { key: null })).toMatchObject(unknown)
  })

  it.each([
    ['Bearer KEY', 200],
    ['bearer KEY', 200],
    ['BEARER KEY', 200],
    ['Bearer', 401],
    ['Bearer KEY extra', 401],
    ['Bearer wrong-key-0123456789', 401],
    ['KEY', 401],
    ['Basic KEY', 401],
  ])('attack 6: authorization "%s" is %i', async (header, status) => {
    const authorization = header.replace('KEY', server.apiKey)
    expect((await send(server, 'GET', '/api/workflows', { key: null, headers: { authorization } })).status).toBe(status)
  })

  it('takes the apikey header as an alias', async () => {
    const headers = { apikey: server.apiKey }
    expect((await send(server, 'GET', '/api/workflows', { key: null, headers })).status).toBe(200)
  })

  it('answers a stranger 401 whatever else is wrong with the call', async () => {
    const big = { raw: 'x'.repeat(2_000_000), headers: { 'content-type': 'text/plain' }, key: null }
    expect((await send(server, 'POST', '/api/workflows', big)).status).toBe(401)
    expect((await send(server, 'PUT', '/api/workflows/no-uuid/graph', { raw: '{', key: null })).status).toBe(401)
  })
})

describe('a known caller', () => {
  it('gets 404 for an unknown path and 405 with Allow for a method that is not offered', async () => {
    expect(await send(server, 'GET', '/api/nowhere')).toMatchObject({ status: 404, body: { error_code: 'NOT_FOUND' } })
    const refused = await send(server, 'DELETE', '/api/workflows')
    expect(refused).toMatchObject({ status: 405, body: { error_code: 'METHOD_NOT_ALLOWED' } })
    expect(refused.headers.get('allow')).toBe('GET, HEAD, POST')
    expect((await send(server, 'GET', `/api/webhooks/${randomUUID()}`)).status).toBe(405)
  })

  it.each([
    '7',
    '{ID}',
    'urn:uuid:ID',
    'ID%00',
    '%00',
    '..%2f..%2fhealth',
    "ID'--",
    'ID,ID',
    '%ff',
    'undefined',
    'ＩＤ',
  ])('attack 9: workflow id %s is 404', async (pattern) => {
    const id = pattern.replaceAll('ID', workflowId)
    const unknown = { status: 404, body: { error_code: 'WORKFLOW_NOT_FOUND' } }
    expect(await send(server, 'GET', `/api/workflows/${id}`)).toMatchObject(unknown)
    expect(await send(server, 'POST', `/api/workflows/${id}/execute`, { body: {} })).toMatchObject(unknown)
    const execution = await send(server, 'GET', `/api/workflows/${workflowId}/executions/${id}`)
    expect(execution).toMatchObject({ status: 404, body: { error_code: 'NOT_FOUND' } })
  })

  it('attack 9: letter case and a trailing slash make no difference to an id', async () => {
    for (const path of [workflowId.toUpperCase(), `${workflowId}/`]) {
      expect(await send(server, 'GET', `/api/workflows/${path}`)).toMatchObject({
        status: 200,
        body: { id: workflowId },
      })
    }
  })

  it('attack 9: dots in a raw path reach no other route', async () => {
    expect((await rawCall('GET /api/workflows/../health')).status).toBe(404)
    expect((await rawCall('GET /api/auth/../workflows')).status).toBe(404)
  })
})

describe('bodies', () => {
  const json = { 'content-type': 'application/json' }
  const post = (body: string | Uint8Array, headers: Record<string, string> = json) =>
    send(server, 'POST', '/api/workflows', { raw: body, headers })

  it.each([
    ['malformed JSON', '{"name":', 400, 'VALIDATION_ERROR'],
    ['a list', '[]', 400, 'VALIDATION_ERROR'],
    ['a text', '"x"', 400, 'VALIDATION_ERROR'],
    ['null', 'null', 400, 'VALIDATION_ERROR'],
    ['an empty body', '', 400, 'VALIDATION_ERROR'],
    ['depth 201', `{"name":"x","variables":${'{"a":'.repeat(200)}1${'}'.repeat(201)}`, 400, 'VALIDATION_ERROR'],
    ['depth 100,000', '['.repeat(100_000), 400, 'VALIDATION_ERROR'],
    ['over 1 MiB', `{"name":"x","description":"${'x'.repeat(1 << 20)}"}`, 413, 'PAYLOAD_TOO_LARGE'],
  ])('attack 13: %s is refused in JSON', async (_what, body, status, code) => {
    expect(await post(body)).toMatchObject({
      status,
      body: { error: expect.stringMatching(/./) as string, error_code: code },
    })
  })

  it.each([
    ['a byte order mark', '\ufeff{"name":"bom"}'],
    ['duplicate keys', '{"name":"first","name":"second"}'],
    ['lone surrogates', '{"name":"half \\ud800","variables":{"\\udfff":"\\ud800"}}'],
    ['numbers past 2^53', '{"name":"n","variables":{"a":9007199254740993,"b":1e400,"c":-1e-400}}'],
    ['NUL in variables', '{"name":"n","variables":{"a":"\\u0000"}}'],
    [
      'a hundred thousand keys',
      `{"name":"n","variables":{${Array.from({ length: 50_000 }, (_, i) => `"k${i}":1`).join()}}}`,
    ],
    ['200 levels', `{"name":"x","variables":${'{"a":'.repeat(198)}1${'}'.repeat(199)}`],
  ])('attack 13: %s is data', async (_what, body) => {
    expect((await post(body)).status).toBe(201)
  })

  it('attack 13: NUL in a name is 400', async () => {
    expect(await post('{"name":"a\\u0000b"}')).toMatchObject({ status: 400, body: { error_code: 'VALIDATION_ERROR' } })
  })

  it('attack 13: prototype keys are dropped on the way in', async () => {
    const body =
      '{"name":"p","variables":{"__proto__":{"a":1},"\\u005f_proto__":{"b":1},"constructor":{"prototype":{"c":1}},"d":1}}'
    const { id } = (await post(body)).body as unknown as { id: string }
    const { variables } = (await send(server, 'GET', `/api/workflows/${id}`)).body
    expect(variables).toEqual({ constructor: {}, d: 1 })
  })

  it('takes *+json, refuses other types and encodings with 415', async () => {
    expect((await post('{"name":"x"}', { 'content-type': 'application/problem+json; charset=utf-8' })).status).toBe(201)
    const refused = { status: 415, body: { error_code: 'UNSUPPORTED_MEDIA_TYPE' } }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect(await post('{"name":"x"}', { 'content-type': type })).toMatchObject(refused)
    }
    expect(await post(new Uint8Array([31, 139, 8]), { ...json, 'content-encoding': 'gzip' })).toMatchObject(refused)
  })

  it('names what is invalid', async () => {
    const answer = await post('{"name":"","variables":[]}')
    expect(answer.status).toBe(400)
    const { issues } = answer.body as unknown as { issues: { path: string; message: string }[] }
    expect(issues.map(({ path }) => path)).toEqual(['name', 'variables'])
    expect(issues[0]?.message).toEqual(expect.any(String))
  })

  it('attack 13: a length that lies is refused, by size at once', async () => {
    const tooLong = await rawCall(
      'POST /api/workflows',
      ['Content-Type: application/json', 'Content-Length: 9999999'],
      '{',
    )
    expect(tooLong).toMatchObject({ status: 413, body: { error_code: 'PAYLOAD_TOO_LARGE' } })
    const short = await rawCall(
      'POST /api/workflows',
      ['Content-Type: application/json', 'Content-Length: 5'],
      '{"name":"x"}',
    )
    expect(short).toMatchObject({ status: 400, body: { error_code: 'VALIDATION_ERROR' } })
  })
})

describe('what the HTTP parser refuses', () => {
  it('has a JSON body: 431 for headers over 16 KiB, 400 for what is no HTTP', async () => {
    const large = await raw(`GET /api/workflows HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(17_000)}\r\n\r\n`)
    expect(large).toMatchObject({ status: 431, body: { error_code: 'HEADERS_TOO_LARGE' } })
    for (const text of [
      'NONSENSE\r\n\r\n',
      'GET /api/health HTTP/1.1\r\n\r\n',
      'GET / HTTP/1.1\r\nbad header\r\n\r\n',
    ]) {
      const answer = await raw(text)
      expect(answer).toMatchObject({ status: 400, body: { error_code: 'VALIDATION_ERROR' } })
      expect(answer.head).toContain('x-request-id: ')
    }
  })

  it('attack 11: a token in the query is in no log and no error body', async () => {
    const secret = `secret-${randomUUID()}`
    const path = `/api/webhooks/${randomUUID()}?token=${secret}`
    const texts = [
      (await send(server, 'POST', path, { key: null })).text,
      (await send(server, 'DELETE', path)).text,
      (await send(server, 'GET', `/api/nowhere?token=${secret}`)).text,
      (await raw(`POST ${path}${'x'.repeat(17_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)).body['error'],
      server.output(),
    ]
    expect(texts.filter((text) => String(text).includes(secret))).toEqual([])
  })
})
