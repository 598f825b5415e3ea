import { describe, expect, it } from 'vitest'
import { fakeContext, ranBlock } from '../testing'
import { response } from './definition'
import { run } from './run'
import { readResponse } from '../../contract/response-shape'

const upstream = [ranBlock('a', { output: { v: 1 } }), ranBlock('b', { output: 2 })]
const respond = (config: object, blocks = upstream) =>
  run(response.config.parse(config), fakeContext({ upstream: blocks }))

it('puts out what its config says, an explicit null and an empty text too', () => {
  for (const output of [{ a: 1 }, null, '', 0, false])
    expect(respond({ output })).toEqual({ output, status: 200, headers: {} })
})

it('puts out the output before it when its config has none; of several, by block id', () => {
  expect(respond({}, upstream.slice(0, 1))).toMatchObject({ output: { v: 1 } })
  expect(respond({})).toMatchObject({ output: { a: { v: 1 }, b: 2 } })
  expect(respond({}, [])).toMatchObject({ output: null })
})

describe('its status', () => {
  it.each([
    [{ status: 404 }, 404],
    [{ status: ' 201 ' }, 201],
    [{ status: 'teapot' }, 200],
    [{ status: 99 }, 200],
    [{ status: 100 }, 200],
    [{ status: 199 }, 200],
    [{ status: 599 }, 599],
    [{ status: 600 }, 200],
    [{ status: 201.5 }, 200],
    [{ status: '2e2' }, 200],
    [{ status: true }, 200],
    [{ status: [] }, 200],
    [{ status: {} }, 200],
    [{ status: null, status_code: 202 }, 202],
    [{ status: '', status_code: '203' }, 203],
    [{ status_code: 204 }, 204],
    [{ status: 'junk', status_code: 204 }, 200],
  ])('of %j is %i', (config, status) => {
    expect(respond({ output: 1, ...config })).toEqual({ output: 1, status, headers: {} })
  })
})

describe('its headers', () => {
  it('come from an object, its JSON text or a table, as text; blank names are dropped', () => {
    const headers = { 'X-A': 'one', 'X-B': '2' }
    const table = [
      ['X-A', 'one'],
      ['X-B', 2],
      [' ', 'dropped'],
    ].map(([Key, Value]) => ({ cells: { Key, Value } }))
    expect(respond({ headers: { 'X-A': 'one', 'X-B': 2, '': 'dropped', 'X-C': null } })).toMatchObject({ headers })
    expect(respond({ headers: '{"X-A": "one", "X-B": 2}' })).toMatchObject({ headers })
    expect(respond({ headers: table })).toMatchObject({ headers })
  })

  it.each([
    ...['Set-Cookie', 'set-cookie2', 'Content-Length', 'Connection', 'keep-alive', 'Transfer-Encoding', 'Upgrade'],
    ...['TE', 'Trailer', 'Proxy-Authenticate', 'proxy-connection', 'bad name', 'bad:name', 'x\r\ny', 'é'],
  ])('attack 19: %j is refused by name', (name) => {
    expect(() => respond({ headers: { [name]: 'x' } })).toThrow(JSON.stringify(name))
    expect(() => respond({ headers: [{ cells: { Key: name, Value: 'x' } }] })).toThrow(JSON.stringify(name))
  })

  it.each(['a\r\nSet-Cookie: b=c', 'a\nb', 'a\rb', 'a\0b', 'snowman ☃'])('attack 19: value %j is refused', (value) => {
    expect(() => respond({ headers: { 'X-A': value } })).toThrow('"X-A" has a value')
  })

  it('of text that is no JSON object are refused', () => {
    for (const headers of ['X-A: 1', '[[1]', '7']) expect(() => respond({ headers })).toThrow('headers must be')
  })
})

it('is read back as the HTTP answer; raw only where it was chosen', () => {
  expect(readResponse(respondData({ output: 1, status: 201, headers: { 'X-A': 1 }, raw: true }))).toEqual({
    status: 201,
    headers: { 'X-A': '1' },
    raw: true,
  })
  expect(respond({ output: 1, raw: true })).toHaveProperty('raw', true)
  expect(respond({ output: 1, raw: 'true' })).toHaveProperty('raw', true)
  for (const raw of [false, 'false', null]) expect(respond({ output: 1, raw })).not.toHaveProperty('raw')
})

it('attack 19: data of another origin gets no refused header through either', () => {
  const data = { output: 1, status: 'x', headers: { 'Set-Cookie': 'a=b', 'X-A': 'a\r\nb', 'X-B': 'fine', 'X-C': 1 } }
  expect(readResponse(data)).toEqual({ status: 200, headers: { 'X-B': 'fine' }, raw: false })
  expect(readResponse({ output: null, error: 'x' })).toEqual({ status: 200, headers: {}, raw: false })
})

function respondData(config: object) {
  const data = respond(config)
  if (data instanceof Promise) throw new Error('a response answers at once')
  return data
}
