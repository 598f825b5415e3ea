import { describe, expect, it, vi } from 'vitest'
import { fakeContext } from '../testing'
import { generalApi } from './definition'
import { run } from './run'
import type { OutboundRequest, OutboundResponse } from '../contract'
import { maxOutboundTimeoutMs, outboundTimeoutMs } from '../../limits'

const url = 'https://api.example/x'

async function call(config: object, answer: Partial<OutboundResponse> = {}) {
  const fetch = vi.fn((_request: OutboundRequest) =>
    Promise.resolve({ status: 200, headers: {}, body: new Uint8Array(), ...answer }),
  )
  const data = await run(generalApi.config.parse(config), fakeContext({ fetch }))
  const request = fetch.mock.calls[0]?.[0]
  if (!request) throw new Error('no call was made')
  return { data, request }
}

const textAnswer = (text: string, contentType?: string) => ({
  body: new TextEncoder().encode(text),
  headers: contentType === undefined ? {} : { 'content-type': contentType },
})

it('calls with GET, no body, no headers and the usual time limit unless told otherwise', async () => {
  const { request } = await call({ url, body: { a: 1 } })
  expect(request).toMatchObject({ url, method: 'GET', headers: {}, timeoutMs: outboundTimeoutMs })
  expect(request.body).toBeUndefined()
})

it('takes the method in any letter case', async () => {
  expect((await call({ url, method: ' patch ' })).request.method).toBe('PATCH')
})

it('refuses to run without an address', async () => {
  for (const missing of [undefined, null, '', ' ']) await expect(call({ url: missing })).rejects.toThrow('fill url')
})

it('warns while drafted without an address, unless a mapping brings it', () => {
  expect(generalApi.check({ url: ' ' })).toMatchObject([{ code: 'config_missing', path: 'config.url' }])
  expect(generalApi.check({ _inputMappings: [{ sourceId: 'a', targetField: 'url' }] })).toEqual([])
})

describe('params', () => {
  it.each([
    ['https://a.example', { q: 'a b&c', n: 1 }, 'https://a.example?q=a+b%26c&n=1'],
    ['https://a.example/?x=%20y', '{"q": true}', 'https://a.example/?x=%20y&q=true'],
    ['https://a.example/?', [{ cells: { Key: 'q', Value: '1' } }], 'https://a.example/?q=1'],
    ['https://a.example/?x=1&', { tag: ['a', 'b'] }, 'https://a.example/?x=1&tag=a&tag=b'],
    ['https://a.example/p#top#x', { q: '' }, 'https://a.example/p?q=#top#x'],
    ['https://a.example/p', { '': 1, gone: null }, 'https://a.example/p'],
  ])('join the query of %s', async (address, params, expected) => {
    expect((await call({ url: address, params })).request.url).toBe(expected)
  })

  it('attack 26: the address reaches the guard as it was written', async () => {
    const odd = 'http://user@１２７.0.0.1\\@evil.example/'
    expect((await call({ url: odd, params: { a: 1 } })).request.url).toBe(`${odd}?a=1`)
  })
})

describe('its body', () => {
  it.each([
    [{ a: [1] }, '{"a":[1]}', 'application/json'],
    [[1], '[1]', 'application/json'],
    [0, '0', 'application/json'],
    ['{"a": 1}', '{"a": 1}', 'application/json'],
    ['{broken', '{broken', 'text/plain; charset=utf-8'],
    ['a=1&b=2', 'a=1&b=2', 'text/plain; charset=utf-8'],
  ])('%j is sent as %s with its type', async (body, text, type) => {
    const { request } = await call({ url, method: 'POST', body })
    expect(request.body).toBe(text)
    expect(request.headers['Content-Type']).toBe(type)
  })

  it('keeps the content type the config set, in any letter case', async () => {
    const headers = { 'content-TYPE': 'application/x-www-form-urlencoded' }
    expect((await call({ url, method: 'POST', body: 'a=1', headers })).request.headers).toEqual({
      ...headers,
      'Idempotency-Key': 'key-of-this-block',
    })
  })

  it('is left out when empty, and for GET and HEAD', async () => {
    for (const body of [undefined, null, ''])
      expect((await call({ url, method: 'POST', body })).request.body).toBeUndefined()
    expect((await call({ url, method: 'head', body: 'x' })).request.body).toBeUndefined()
  })
})

describe('the idempotency key', () => {
  it.each(['POST', 'put', 'PATCH', 'DELETE'])('is sent with %s', async (method) => {
    expect((await call({ url, method })).request.headers['Idempotency-Key']).toBe('key-of-this-block')
  })

  it('is not sent with GET, and the config’s own wins', async () => {
    expect((await call({ url })).request.headers).toEqual({})
    const headers = [{ cells: { Key: 'idempotency-key', Value: 'mine' } }]
    expect((await call({ url, method: 'POST', headers })).request.headers).toEqual({ 'idempotency-key': 'mine' })
  })
})

it('keeps the time limit of the call within bounds', async () => {
  const limits = [500, '1500', '', 0, -5, 10 * maxOutboundTimeoutMs]
  const calls = await Promise.all(limits.map((timeout) => call({ url, timeout })))
  expect(calls.map(({ request }) => request.timeoutMs)).toEqual([
    ...[500, 1500, outboundTimeoutMs, outboundTimeoutMs, outboundTimeoutMs],
    maxOutboundTimeoutMs,
  ])
})

describe('its answer', () => {
  it.each([
    ['{"a":1}', 'application/json', { a: 1 }],
    ['[1]', 'application/problem+json; charset=utf-8', [1]],
    ['null', 'application/json', null],
    ['{"a":1}', undefined, { a: 1 }],
    ['{"a":1}', 'text/plain', '{"a":1}'],
    ['{broken', 'application/json', '{broken'],
    ['', 'application/json', ''],
    ['hello', undefined, 'hello'],
    ['['.repeat(100_000), 'application/json', '['.repeat(100_000)],
  ])('%#: reads the body by its content type', async (text, type, output) => {
    expect((await call({ url }, textAnswer(text, type))).data).toMatchObject({ output })
  })

  it('of any status is a result, with its status and headers', async () => {
    const answer = { ...textAnswer('{"no":1}', 'application/json'), status: 503 }
    expect((await call({ url }, answer)).data).toEqual({
      output: { no: 1 },
      status_code: 503,
      headers: { 'content-type': 'application/json' },
    })
  })

  it('is decoded by its charset; bytes that are no text become U+FFFD', async () => {
    const latin = { body: new Uint8Array([0x68, 0xe9]), headers: { 'content-type': 'text/plain; charset=iso-8859-1' } }
    expect((await call({ url }, latin)).data).toMatchObject({ output: 'hé' })
    expect((await call({ url }, { body: latin.body })).data).toMatchObject({ output: 'h\ufffd' })
    const unknown = { ...latin, headers: { 'content-type': 'text/plain; charset=nonsense' } }
    expect((await call({ url }, unknown)).data).toMatchObject({ output: 'h\ufffd' })
  })
})

it('fails when there is no answer', async () => {
  const fetch = () => Promise.reject(new Error('refused: private address'))
  await expect(run(generalApi.config.parse({ url }), fakeContext({ fetch }))).rejects.toThrow('private address')
})
