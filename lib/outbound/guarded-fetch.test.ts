import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { BlockError, type OutboundRequest } from '../blocks/contract'
import { maxOutboundResponseBytes } from '../limits'
import { createGuardedFetch } from './guarded-fetch'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A real server on loopback. Returns its port. */
async function serve(listener: (...call: Parameters<RequestListener>) => unknown, host = '127.0.0.1'): Promise<number> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  // Listening on a TCP port, so it has an AddressInfo.
  return (server.address() as AddressInfo).port
}

const ask = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  url,
  method: 'GET',
  headers: {},
  timeoutMs: 5_000,
  signal: new AbortController().signal,
  ...more,
})
const textOf = (body: Uint8Array) => Buffer.from(body).toString('utf8')
const guarded = createGuardedFetch({ allowPrivateHosts: [] })
const local = createGuardedFetch({ allowPrivateHosts: ['127.0.0.0/8'] })

async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(BlockError)
  return error instanceof BlockError ? error.message : ''
}

describe('attack 26: addresses that are not public are refused, in every spelling', () => {
  it.each([
    ['http://127.0.0.1/', '127.0.0.1 is a loopback address'],
    ['http://0/', '0.0.0.0 is an unspecified address'],
    ['http://0x7f.1/', '127.0.0.1 is a loopback address'],
    ['http://2130706433/', '127.0.0.1 is a loopback address'],
    ['http://127.1/', '127.0.0.1 is a loopback address'],
    ['http://0177.0.0.1/', '127.0.0.1 is a loopback address'],
    ['http://[::1]/', '::1 is a loopback address'],
    ['http://[::]/', ':: is an unspecified address'],
    ['http://[::ffff:169.254.169.254]/', '::ffff:a9fe:a9fe is a link-local address'],
    ['http://[64:ff9b::7f00:1]/', '64:ff9b::7f00:1 is a loopback address, wrapped for NAT64'],
    ['http://[2002:7f00:1::]/', '2002:7f00:1:: is a 6to4 address'],
    ['http://[fd00::1]/', 'fd00::1 is a private address'],
    ['http://[fe80::1]/', 'fe80::1 is a link-local address'],
    ['http://100.64.0.1/', '100.64.0.1 is a carrier-grade NAT address'],
    ['http://198.18.0.1/', '198.18.0.1 is a reserved address'],
    ['http://224.0.0.1/', '224.0.0.1 is a multicast address'],
    ['http://１２７.０.０.１/', '127.0.0.1 is a loopback address'],
    ['http://⑫7.0.0.1/', '127.0.0.1 is a loopback address'],
    ['https://169.254.169.254/latest/meta-data', '169.254.169.254 is a link-local address'],
    ['http://localhost/', 'is a loopback address'],
  ])('%s: %s', async (url, rule) => {
    const message = await refusalOf(guarded(ask(url)))
    expect(message).toContain(rule)
    expect(message).toContain('SLUICE_ALLOW_PRIVATE_HOSTS')
  })

  it('localhost. with its dot is localhost', async () => {
    const names: string[] = []
    const fetch = createGuardedFetch({
      allowPrivateHosts: [],
      lookup: (name) => {
        names.push(name)
        return Promise.resolve([{ address: '127.0.0.1', family: 4 }])
      },
    })
    expect(await refusalOf(fetch(ask('http://localhost./')))).toContain('127.0.0.1 is a loopback address')
    expect(names).toEqual(['localhost'])
  })

  it.each([
    ['http://user@example.com/', 'user name or password'],
    ['http://:pass@example.com/', 'user name or password'],
    ['http://example.com\\@127.0.0.1/', 'backslash'],
    ['http:\\\\example.com', 'backslash'],
    ['http://exam\nple.com/', 'line break'],
    ['file:///etc/passwd', 'scheme file:'],
    ['gopher://example.com/', 'scheme gopher:'],
    ['data:text/plain,x', 'scheme data:'],
    ['/relative', 'not a valid absolute'],
    ['http://', 'not a valid absolute'],
    ['', 'not a valid absolute'],
  ])('%j is refused: %s', async (url, rule) => {
    expect(await refusalOf(guarded(ask(url)))).toContain(rule)
  })

  it('lets a host through that the setting names, and no other port of it', async () => {
    const port = await serve((_request, response) => response.end('hello'))
    const fetch = createGuardedFetch({ allowPrivateHosts: [`127.0.0.1:${port}`] })
    expect(textOf((await fetch(ask(`http://127.0.0.1:${port}/`))).body)).toBe('hello')
    expect(await refusalOf(fetch(ask(`http://127.0.0.1:${port - 1}/`)))).toContain('loopback')
  })
})

describe('attack 27: names and redirects', () => {
  it('refuses a name when one of its addresses is private, and says which', async () => {
    const fetch = createGuardedFetch({
      allowPrivateHosts: [],
      lookup: () =>
        Promise.resolve([
          { address: '93.184.216.34', family: 4 },
          { address: '10.0.0.7', family: 4 },
        ]),
    })
    expect(await refusalOf(fetch(ask('http://mixed.example/')))).toContain(
      'mixed.example resolves to 10.0.0.7; 10.0.0.7 is a private address',
    )
  })

  it('connects to the address that was checked: the name is asked once for each connection', async () => {
    const port = await serve((request, response) => response.end(request.headers.host))
    let asked = 0
    const fetch = createGuardedFetch({
      allowPrivateHosts: ['127.0.0.1'],
      lookup: () => Promise.resolve([{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.9', family: 4 }]),
    })
    const answer = await fetch(ask(`http://rebinding.example:${port}/`))
    expect(textOf(answer.body)).toBe(`rebinding.example:${port}`)
    expect(asked).toBe(1)
  })

  it('judges a name anew when it changed its mind', async () => {
    const port = await serve((_request, response) => response.setHeader('connection', 'close').end('once'))
    let asked = 0
    const fetch = createGuardedFetch({
      allowPrivateHosts: ['127.0.0.1'],
      lookup: () => Promise.resolve([{ address: asked++ === 0 ? '127.0.0.1' : '169.254.169.254', family: 4 }]),
    })
    await fetch(ask(`http://rebinding.example:${port}/`))
    expect(await refusalOf(fetch(ask(`http://rebinding.example:${port}/`)))).toContain(
      '169.254.169.254 is a link-local',
    )
  })

  it.each([
    ['http://127.0.0.2/', '127.0.0.2 is a loopback address'],
    ['http://[::1]/', '::1 is a loopback address'],
    ['file:///etc/passwd', 'scheme file:'],
    ['http://a:b@127.0.0.1/', 'user name or password'],
    ['http:\\\\127.0.0.2', 'backslash'],
  ])('refuses a redirect to %s', async (location, rule) => {
    const port = await serve((_request, response) => response.writeHead(302, { location }).end())
    const fetch = createGuardedFetch({ allowPrivateHosts: ['127.0.0.1'] })
    expect(await refusalOf(fetch(ask(`http://127.0.0.1:${port}/`)))).toContain(rule)
  })

  it.each([
    [5, 'arrived'],
    [6, null],
    [20, null],
  ])('follows at most five redirects: %i', async (hops, text) => {
    const port = await serve((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left > 0) response.writeHead(307, { location: `/${left - 1}` }).end()
      else response.end('arrived')
    })
    const call = local(ask(`http://127.0.0.1:${port}/${hops}`))
    if (text === null) expect(await refusalOf(call)).toContain('more than 5 redirects')
    else expect(textOf((await call).body)).toBe(text)
  })

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [302, 'PUT', 'PUT', '{"a":1}'],
    [307, 'POST', 'POST', '{"a":1}'],
    [308, 'PATCH', 'PATCH', '{"a":1}'],
  ])('after a %i, %s becomes %s with body %j', async (status, method, expected, body) => {
    const port = await serve((request, response) => {
      if (request.url === '/from') return response.writeHead(status, { location: '/to' }).end()
      const type = request.headers['content-type'] ?? 'no type'
      return bodyOf(request).then((sent) => response.end(`${request.method} ${sent} ${type}`))
    })
    const headers = { 'Content-Type': 'application/json' }
    const answer = await local(ask(`http://127.0.0.1:${port}/from`, { method, headers, body: '{"a":1}' }))
    expect(textOf(answer.body)).toBe(`${expected} ${body} ${body ? 'application/json' : 'no type'}`)
  })

  it('hands a redirect without a location back as the answer', async () => {
    const port = await serve((_request, response) => response.writeHead(302).end('where?'))
    expect((await local(ask(`http://127.0.0.1:${port}/`))).status).toBe(302)
  })
})

describe('attack 28: credentials stay with the host they were meant for', () => {
  const credentials = {
    Authorization: 'Bearer s3cret',
    Cookie: 'session=s3cret',
    'Proxy-Authorization': 'Basic s3cret',
    apikey: 's3cret',
    'X-Api-Key': 's3cret',
    'X-Vendor': 's3cret',
    Accept: 'application/json',
  }
  const echo: RequestListener = (request, response) => response.end(JSON.stringify(request.headers))

  it('drops them on a redirect to another host, and to another port', async () => {
    const target = await serve(echo)
    for (const location of [`http://127.0.0.2:${target}/`, `http://127.0.0.1:${target}/`]) {
      const port = await serve((_request, response) => response.writeHead(307, { location }).end())
      const fetch = createGuardedFetch({
        allowPrivateHosts: ['127.0.0.0/8', 'other.example'],
        lookup: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
      })
      const redirected = location.replace('127.0.0.2', 'other.example')
      const from =
        location === redirected ? port : await serve((_q, r) => r.writeHead(307, { location: redirected }).end())
      const answer = textOf((await fetch(ask(`http://127.0.0.1:${from}/`, { headers: credentials }))).body)
      expect(answer).not.toContain('s3cret')
      expect(JSON.parse(answer)).toMatchObject({ accept: 'application/json' })
    }
  })

  it('keeps them on a redirect within the origin', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/from') response.writeHead(307, { location: '/to' }).end()
      else echo(request, response)
    })
    const answer = await local(ask(`http://127.0.0.1:${port}/from`, { headers: credentials }))
    expect(JSON.parse(textOf(answer.body))).toMatchObject({ authorization: 'Bearer s3cret', 'x-api-key': 's3cret' })
  })

  it('does not bring them back on the way home', async () => {
    let home = 0
    const away = await serve((_q, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${home}/end` }).end(),
    )
    home = await serve((request, response) => {
      if (request.url === '/') response.writeHead(307, { location: `http://127.0.0.1:${away}/` }).end()
      else echo(request, response)
    })
    const answer = await local(ask(`http://127.0.0.1:${home}/`, { headers: credentials }))
    expect(textOf(answer.body)).not.toContain('s3cret')
  })
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Buffer))
  return Buffer.concat(chunks).toString('utf8')
}

describe('attack 29: caps on size and time', () => {
  const MiB = 1024 * 1024

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ] as const)('unpacks %s', async (encoding, compress) => {
    const port = await serve((_q, response) => response.setHeader('content-encoding', encoding).end(compress('hello')))
    expect(textOf((await local(ask(`http://127.0.0.1:${port}/`))).body)).toBe('hello')
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('stops a %s bomb at the limit after decompression', async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(64 * MiB))
    const port = await serve((_q, response) => response.setHeader('content-encoding', encoding).end(bomb))
    expect(await refusalOf(local(ask(`http://127.0.0.1:${port}/`)))).toContain('larger than 10 MiB')
  })

  it('counts what arrives: exactly the limit is read, one byte more is refused', async () => {
    const port = await serve((request, response) => response.end(Buffer.alloc(Number(request.url?.slice(1)))))
    const answer = await local(ask(`http://127.0.0.1:${port}/${maxOutboundResponseBytes}`))
    expect(answer.body.byteLength).toBe(maxOutboundResponseBytes)
    const call = local(ask(`http://127.0.0.1:${port}/${maxOutboundResponseBytes + 1}`))
    expect(await refusalOf(call)).toContain('larger than 10 MiB')
  })

  it('refuses data that is not what its encoding says', async () => {
    const port = await serve((_q, response) => response.setHeader('content-encoding', 'gzip').end('plain text'))
    expect(await refusalOf(local(ask(`http://127.0.0.1:${port}/`)))).toContain('not the gzip data')
  })

  it('gives up on a server that never answers, trickles, or never stops', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/silent') return
      const timer = setInterval(() => response.write('x'), 5)
      response.on('close', () => clearInterval(timer))
    })
    for (const path of ['silent', 'trickle'])
      expect(await refusalOf(local(ask(`http://127.0.0.1:${port}/${path}`, { timeoutMs: 60 })))).toContain(
        'within 60 ms',
      )
  })

  it('stops when its caller does, with the caller’s own reason', async () => {
    const stopped = new Error('the execution was cancelled')
    const controller = new AbortController()
    const port = await serve(() => controller.abort(stopped))
    const call = local(ask(`http://127.0.0.1:${port}/`, { signal: controller.signal }))
    await expect(call).rejects.toBe(stopped)
    await expect(local(ask(`http://127.0.0.1:${port}/`, { signal: AbortSignal.abort(stopped) }))).rejects.toBe(stopped)
  })
})

describe('an outbound call', () => {
  it('sends method, headers and body, and hands back lower-case headers with equal names joined', async () => {
    const port = await serve((request, response) => {
      response.writeHead(418, { 'X-One': 'a', 'Set-Cookie': ['a=1', 'b=2'] })
      const two = String(request.headers['x-two'])
      return bodyOf(request).then((sent) => response.end(`${request.method} ${request.url} ${two} ${sent}`))
    })
    const url = `http://127.0.0.1:${port}/path?q=a b#fragment`
    const answer = await local(ask(url, { method: 'put', headers: { 'X-Two': 'b' }, body: 'body ü' }))
    expect(answer.status).toBe(418)
    expect(answer.headers).toMatchObject({ 'x-one': 'a', 'set-cookie': 'a=1, b=2' })
    expect(textOf(answer.body)).toBe('PUT /path?q=a%20b b body ü')
  })

  it.each([
    [{ 'X-A': 'b\r\nX-Evil: 1' }, 'x-a contains a line break'],
    [{ 'X-A\r\nX-Evil': '1' }, 'no header name'],
    [{ 'X-A': 'é日' }, 'character no header can carry'],
    [{ 'Transfer-Encoding': 'chunked' }, 'transfer-encoding is set by Sluice'],
    [{ Connection: 'keep-alive' }, 'connection is set by Sluice'],
    [{ 'Content-Length': '5' }, 'content-length is set by Sluice'],
    [{ Host: 'internal' }, 'host is set by Sluice'],
    [{ '': 'x' }, 'no header name'],
  ])('attack 19: refuses headers %j', async (headers, rule) => {
    expect(await refusalOf(local(ask('http://127.0.0.1:9/', { headers })))).toContain(rule)
  })

  it.each([['CONNECT'], ['TRACE'], ['GET /x HTTP/1.1\r\nX'], ['']])('refuses the method %j', async (method) => {
    expect(await refusalOf(local(ask('http://127.0.0.1:9/', { method })))).toContain('method')
  })

  it('says who refused the connection, and keeps the path to itself', async () => {
    const message = await refusalOf(local(ask('http://127.0.0.1:1/path?key=s3cret')))
    expect(message).toBe('127.0.0.1:1 refused the connection (ECONNREFUSED)')
  })

  it('says when a name cannot be resolved', async () => {
    const fetch = createGuardedFetch({ allowPrivateHosts: [], lookup: () => Promise.reject(new Error('ENOTFOUND')) })
    expect(await refusalOf(fetch(ask('http://nowhere.example/')))).toBe('The host nowhere.example cannot be resolved')
  })

  it('reads an answer without a body', async () => {
    const port = await serve((_q, response) => response.writeHead(204, { 'content-encoding': 'gzip' }).end())
    for (const method of ['GET', 'HEAD'])
      expect((await local(ask(`http://127.0.0.1:${port}/`, { method }))).body.byteLength).toBe(0)
  })
})
