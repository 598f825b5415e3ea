import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { configureAuth } from '@/lib/auth/auth-state'
import { Answer, type Endpoint } from '@/lib/contract/endpoint'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { eventStream, type EventFrame } from '@/lib/http/sse'
import { createListener } from './listener'

const open: Endpoint<{ id: string }, object, { name?: string | undefined }> = {
  scope: null,
  params: z.object({ id: z.string() }),
  query: z.object({}),
  body: z.object({ name: z.string().optional() }),
  maxBodyBytes: 100_000,
  status: 200,
}
let streamEnded: Promise<void>
let streamHasEnded: () => void
let release: () => void = () => undefined

async function* endless(): AsyncGenerator<EventFrame> {
  try {
    for (let n = 0; ; n++) {
      yield { id: n, data: { n } }
      await new Promise((resolve) => setImmediate(resolve))
    }
  } finally {
    streamHasEnded()
  }
}

const routes = {
  '/api/things/[id]': methods({
    GET: route({ ...open, body: null }, ({ params }) => ({ id: params.id })),
    POST: route(open, ({ body }) => ({ length: body.name?.length ?? null })),
  }),
  '/api/locked': methods({ POST: route({ ...open, scope: 'read', params: z.object({}) }, () => 'in') }),
  '/api/events': methods({ GET: route({ ...open, body: null, params: z.object({}) }, () => eventStream(endless())) }),
  '/api/odd-header': methods({
    GET: route({ ...open, body: null, params: z.object({}) }, () => {
      return new Answer(200, { bytes: 'x' }, { 'x-bad': 'a\r\nset-cookie: b=1' })
    }),
  }),
  '/api/nothing': methods({
    GET: route({ ...open, body: null, params: z.object({}) }, () => new Answer(204, { bytes: '' })),
  }),
  '/api/slow': methods({
    GET: route({ ...open, body: null, params: z.object({}) }, async () => {
      await new Promise<void>((resolve) => (release = resolve))
      return 'done'
    }),
  }),
}

const listener = createListener({ routes, next: (_incoming, outgoing) => outgoing.end('next') })
let base = ''
const port = () => (listener.server.address() as AddressInfo).port

beforeAll(async () => {
  configureAuth({ host: '127.0.0.1' })
  listener.server.listen(0, '127.0.0.1')
  await once(listener.server, 'listening')
  base = `http://127.0.0.1:${port()}`
})
afterAll(() => listener.drain(1_000))

/** Sends bytes as they are and reads until the server closes the connection. */
async function raw(
  text: string,
): Promise<{ status: number; head: string; body: { error_code?: string; error: string } }> {
  const socket = connect(port(), '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(text)
  let answer = ''
  socket.on('data', (chunk) => (answer += String(chunk)))
  await once(socket, 'end')
  socket.destroy()
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head, body: JSON.parse(body) as { error: string } }
}

describe('the listener', () => {
  it('answers the API by its routes and leaves pages and sign-in to Next', async () => {
    expect(await (await fetch(`${base}/api/things/a%20b?x=1`)).json()).toEqual({ id: 'a b' })
    expect(await (await fetch(`${base}/api/things/7/`)).json()).toEqual({ id: '7' })
    for (const path of ['/', '/workflows', '/apiary', '/api/auth/session']) {
      const response = await fetch(base + path)
      expect([path, await response.text()]).toEqual([path, 'next'])
      expect(response.headers.get('x-request-id')).toMatch(/\S/)
    }
  })

  it('attack 9: paths that hide another one reach neither a route nor Next', async () => {
    for (const [path, status] of [
      ['/api/auth/../x', 401],
      ['/api/auth//session', 401],
      // Nobody is asked for a key under /api/auth.
      ['/api/auth/%00', 404],
      ['/api/auth/%', 404],
      ['/api', 401],
      ['/api/%2e%2e/x', 401],
    ] as const) {
      const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      expect([path, answer.status]).toEqual([path, status])
    }
  })

  it.each(['/x/../api/locked', '/./api/locked', '/%2e/api/locked', '/x/%2E%2e/api/locked', '/x\\..\\api\\locked'])(
    'attack 9: %s is no way round the routes through Next',
    async (path) => {
      const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatchObject({ status: 404, body: { error_code: 'NOT_FOUND' } })
    },
  )

  it('attack 9: encoded dots lead out of sign-in no more than plain ones', async () => {
    for (const path of ['/api/auth/%2e%2e/locked', '/api/auth/session/%2E%2E/%2e%2e/locked', '/api/auth/../locked']) {
      const answer = await raw(`POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      expect([path, answer.status, Object.keys(answer.body)]).toEqual([path, 401, ['error']])
    }
  })

  it('refuses to be a proxy in JSON', async () => {
    const answer = await raw('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n')
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'VALIDATION_ERROR' } })
  })

  it('sends nothing of a body with 204, not even that it is empty', async () => {
    const answer = await fetch(`${base}/api/nothing`)
    expect([answer.status, answer.headers.get('content-length'), answer.headers.get('content-type')]).toEqual([
      204,
      null,
      null,
    ])
  })

  it('takes HEAD as GET without its body, and refuses other methods after asking who calls', async () => {
    const head = await fetch(`${base}/api/things/7`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', ''])
    for (const method of ['DELETE', 'OPTIONS', 'PROPFIND']) {
      expect([method, (await fetch(`${base}/api/things/7`, { method })).status]).toEqual([method, 401])
    }
  })

  it('attack 13: a header over 16 KiB is 431, one under it is not', async () => {
    const withToken = (size: number) =>
      raw(`GET /api/locked?token=${'x'.repeat(size)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect((await withToken(15_000)).status).toBe(401)
    expect(await withToken(17_000)).toMatchObject({ status: 431, body: { error_code: 'HEADERS_TOO_LARGE' } })
    expect(await withToken(1_000_000)).toMatchObject({ status: 431, body: { error_code: 'HEADERS_TOO_LARGE' } })
  })

  it.each([
    ['no HTTP', 'HELLO\r\n\r\n'],
    ['a bad header', 'GET /api/things/7 HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n'],
    ['a missing host', 'GET /api/things/7 HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['an impossible host', 'GET /api/things/7 HTTP/1.1\r\nHost: a b/\\c\r\nConnection: close\r\n\r\n'],
    ['a backslash path', 'GET /api/things\\7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['two lengths', 'POST /api/things/7 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    [
      'a length and chunks',
      'POST /api/things/7 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    [
      'a broken chunk',
      'POST /api/things/7 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    ],
    ['an odd expectation', 'GET /api/things/7 HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nConnection: close\r\n\r\n'],
    ['no path', 'GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ])('attack 13: %s is 400 in JSON', async (_what, text) => {
    const answer = await raw(text)
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'VALIDATION_ERROR' } })
    expect(answer.head.toLowerCase()).toContain('x-request-id: ')
  })

  it('attack 13: a lying length is not waited for: too much is refused at once, the rest is another request', async () => {
    const big =
      'POST /api/things/7 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{'
    expect(await raw(big)).toMatchObject({ status: 413, body: { error_code: 'PAYLOAD_TOO_LARGE' } })
  })

  it('answers 413 to a chunked body that outgrows the limit', async () => {
    const request = httpRequest(`${base}/api/things/7`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    })
    request.on('error', () => undefined)
    for (let n = 0; n < 20; n++) request.write(Buffer.alloc(10_000, 32))
    const [response] = (await once(request, 'response')) as [{ statusCode: number }]
    request.destroy()
    expect(response.statusCode).toBe(413)
  })

  it('takes a body on the fast road with and without its length', async () => {
    const headers = { 'content-type': 'application/json' }
    const sized = await fetch(`${base}/api/things/7`, { method: 'POST', headers, body: '{"name":"four"}' })
    expect(await sized.json()).toEqual({ length: 4 })
    const stream = new Blob(['{"name":', '"three"}']).stream()
    const chunked = await fetch(`${base}/api/things/7`, {
      method: 'POST',
      headers,
      body: stream,
      duplex: 'half',
    } as RequestInit)
    expect(await chunked.json()).toEqual({ length: 5 })
    expect(await (await fetch(`${base}/api/things/7`, { method: 'POST' })).json()).toEqual({ length: null })
  })

  it('attack 19: a header that HTTP cannot carry becomes a 500, not a second header', async () => {
    const response = await fetch(`${base}/api/odd-header`)
    expect([response.status, response.headers.get('set-cookie')]).toEqual([500, null])
    expect(await response.json()).toMatchObject({ error_code: 'INTERNAL' })
  })

  it('streams events, and stops when the client leaves', async () => {
    streamEnded = new Promise((resolve) => (streamHasEnded = resolve))
    const leaving = new AbortController()
    const response = await fetch(`${base}/api/events`, { signal: leaving.signal })
    const first = await response.body?.getReader().read()
    expect(new TextDecoder().decode(first?.value)).toContain('id: 0\ndata: {"n":0}\n\n')
    leaving.abort()
    await streamEnded
  })

  it('has no stream to wait for when only its headers are asked for', async () => {
    const socket = connect(port(), '127.0.0.1')
    const next = 'GET /api/things/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
    socket.write(`HEAD /api/events HTTP/1.1\r\nHost: x\r\n\r\n${next}`)
    let answers = ''
    socket.on('data', (chunk) => (answers += String(chunk)))
    await once(socket, 'end')
    socket.destroy()
    expect(answers).toMatch(/text\/event-stream[^{]*\{"id":"7"\}$/)
  })

  it('lets answers begun finish while it drains, and takes nothing new', async () => {
    const own = createListener({ routes, next: (_incoming, outgoing) => outgoing.end() })
    own.server.listen(0, '127.0.0.1')
    await once(own.server, 'listening')
    const url = `http://127.0.0.1:${(own.server.address() as AddressInfo).port}/api/slow`
    const arrived = once(own.server, 'request')
    const slow = fetch(url)
    await arrived
    const drained = own.drain(10_000)
    await expect(fetch(url)).rejects.toThrow()
    release()
    expect(await (await slow).json()).toBe('done')
    await drained
  })
})
