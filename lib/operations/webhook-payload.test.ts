import { describe, expect, it } from 'vitest'
import { describeRequest, readWebhookPayload } from './webhook-payload'

function payload(body: string | Uint8Array, contentType?: string, more: Record<string, string> = {}) {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return readWebhookPayload(bytes, new Headers({ ...(contentType ? { 'content-type': contentType } : {}), ...more }))
}

describe('the payload of a webhook call', () => {
  it.each([
    ['{"a":1}', 'application/json', { a: 1 }],
    ['{"a":1}', 'Application/JSON; charset=utf-8', { a: 1 }],
    ['{"a":1}', 'application/cloudevents+json', { a: 1 }],
    ['', 'application/json', {}],
    ['  ', 'application/json', {}],
    ['', undefined, {}],
    ['[1,2]', 'application/json', { body: [1, 2] }],
    ['null', 'application/json', { body: null }],
    ['"x"', 'application/json', { body: 'x' }],
    ['a=1&b=x+y&b=%C3%A9', 'application/x-www-form-urlencoded', { a: '1', b: ['x y', 'é'] }],
    ['hello', 'text/plain', { body: 'hello' }],
    ['<a/>', 'application/xml', { body: '<a/>' }],
    ['{"a":1}', undefined, { a: 1 }],
    ['{"a":', undefined, { body: '{"a":' }],
  ])('reads %j of type %s', (body, type, expected) => {
    expect(payload(body, type)).toEqual(expected)
  })

  it('hands on bytes that are no text as base64', () => {
    expect(payload(new Uint8Array([0xff, 0xfe]), 'application/octet-stream')).toEqual({
      body: '//4=',
      encoding: 'base64',
    })
  })

  it('refuses malformed JSON with a JSON type, and invalid UTF-8 in it', () => {
    expect(() => payload('{"a":', 'application/json')).toThrow(/not valid JSON/)
    expect(() => payload(new Uint8Array([0x22, 0xff, 0x22]), 'application/json')).toThrow(/UTF-8/)
  })

  it('attack 13: refuses a compressed body before looking at it', () => {
    expect(() => payload('x', 'application/json', { 'content-encoding': 'gzip' })).toThrow(/Content-Encoding gzip/)
  })

  it('attack 12: a file description is plain data, as JSON and as multipart', () => {
    const files = { files: { x: { filepath: '/etc/passwd' } } }
    expect(payload(JSON.stringify(files), 'application/json')).toEqual(files)
    const multipart = '--b\r\nContent-Disposition: form-data; name="files[x][filepath]"\r\n\r\n/etc/passwd\r\n--b--\r\n'
    expect(payload(multipart, 'multipart/form-data; boundary=b')).toEqual({ body: multipart })
  })

  it('attack 13: a form field called __proto__ reaches no prototype', () => {
    const fields = payload('__proto__=x&a=1', 'application/x-www-form-urlencoded')
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype)
    expect(fields).toEqual({ a: '1' })
  })
})

describe('what a graph may know of the call', () => {
  it('attack 11: holds neither credentials nor the token', () => {
    const described = describeRequest(
      {
        method: 'POST',
        headers: new Headers({
          authorization: 'Bearer s',
          cookie: 'a=b',
          apikey: 'k',
          referer: 'http://h/?token=s3cret',
          'x-github-event': 'push',
        }),
        url: new URL('http://h/api/webhooks/x?token=s3cret&a=1&a=2'),
      },
      's3cret',
    )
    expect(described).toEqual({ method: 'POST', headers: { 'x-github-event': 'push' }, query: { a: ['1', '2'] } })
    expect(JSON.stringify(described)).not.toContain('s3cret')
  })
})
