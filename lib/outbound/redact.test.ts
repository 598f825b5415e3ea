import { describe, expect, it } from 'vitest'
import { createRedactor } from './redact'

const secret = 'p@ss "w/rd" ü+1'

describe('attack 36: redacting secrets', () => {
  it.each([
    ['as it is', `before ${secret} after`],
    ['URL-encoded', `https://x.example/?key=${encodeURIComponent(secret)}`],
    ['URL-encoded in lower case', encodeURIComponent(secret).toLowerCase()],
    ['form-encoded', new URLSearchParams({ a: secret }).toString()],
    ['in JSON text', JSON.stringify({ a: secret })],
    ['in JSON text inside JSON text', JSON.stringify({ a: JSON.stringify({ b: secret }) })],
    ['in base64', `Bearer ${Buffer.from(secret).toString('base64')}`],
    ['in base64url', Buffer.from(secret).toString('base64url')],
    ['in Basic credentials of a', Buffer.from(`a:${secret}`).toString('base64')],
    ['in Basic credentials of ab', Buffer.from(`ab:${secret}:more`).toString('base64')],
    ['in Basic credentials of abc', Buffer.from(`abc:${secret}:m`).toString('base64')],
  ])('finds a secret %s', (_how, text) => {
    const redacted = JSON.stringify(createRedactor([secret])(text))
    expect(redacted).toContain('[redacted]')
    for (const leak of [secret, 'w/rd', 'w%2Frd', 'w%2frd', Buffer.from(secret).toString('base64').slice(4, 14)])
      expect(redacted).not.toContain(leak)
  })

  it('goes through lists, objects, keys and numbers', () => {
    const redact = createRedactor(['s3cret', '12345678'])
    expect(redact({ list: ['a s3cret'], s3cret: 1, pin: 12345678, deep: [{ x: 's3crets3cret' }] })).toEqual({
      list: ['a [redacted]'],
      '[redacted]': 1,
      pin: '[redacted]',
      deep: [{ x: '[redacted][redacted]' }],
    })
  })

  it('takes the longer of two secrets that begin alike whole', () => {
    expect(createRedactor(['token', 'token-extended'])('token-extended')).toBe('[redacted]')
  })

  it('reads nothing of a secret as a pattern', () => {
    expect(createRedactor(['a.c(d|e)*$^[x]{2}\\'])(['a.c(d|e)*$^[x]{2}\\', 'abc'])).toEqual(['[redacted]', 'abc'])
  })

  it('hands back the very same value when there is nothing to hide', () => {
    const value = { a: [1, 'text', null], b: { c: true } }
    expect(createRedactor(['s3cret'])(value)).toBe(value)
    expect(createRedactor([])(value)).toBe(value)
    expect(createRedactor([''])('text')).toBe('text')
  })

  it('keeps a key named __proto__ a plain key', () => {
    const redacted = createRedactor(['s3cret'])(JSON.parse('{"__proto__": {"x": "s3cret"}}') as never)
    expect(JSON.stringify(redacted)).toBe('{"__proto__":{"x":"[redacted]"}}')
  })
})
