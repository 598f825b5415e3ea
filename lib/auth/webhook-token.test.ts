import { describe, expect, it } from 'vitest'
import { isWebhookTokenRight, readWebhookToken } from './webhook-token'

function tokenOf(authorization: string | null, query = ''): string {
  const headers = new Headers(authorization === null ? {} : { authorization })
  return readWebhookToken(headers, new URL(`http://sluice/api/webhooks/x${query}`))
}

describe('the token of a webhook call', () => {
  it.each([
    ['Bearer abc', '', 'abc'],
    ['bearer abc', '', 'abc'],
    ['BEARER abc', '', 'abc'],
    ['Bearer   abc', '', 'abc'],
    ['Bearer abc, Bearer def', '', 'abc, Bearer def'],
    ['Bearer', '?token=abc', ''],
    ['bEaReR', '?token=abc', ''],
    ['Bearer wrong', '?token=abc', 'wrong'],
    ['Basic abc', '?token=abc', 'abc'],
    ['Bearer\tabc', '?token=xyz', 'xyz'],
    [null, '?token=abc', 'abc'],
    [null, '?token=%00', '\0'],
    [null, '', ''],
  ])('attack 6: header %j with query %j reads %j', (header, query, expected) => {
    expect(tokenOf(header, query)).toBe(expected)
  })
})

describe('the secret of a webhook', () => {
  it('opens for its exact text', () => {
    expect(isWebhookTokenRight('s3cret', 's3cret')).toBe(true)
    expect(isWebhookTokenRight('s3cret', 'S3cret')).toBe(false)
    expect(isWebhookTokenRight('s3cret', 's3cret ')).toBe(false)
  })

  it.each([[''], ['   '], [null], [undefined], [42], [{}], [['a']], [true]])(
    'attack 7: a stored secret of %j opens for nothing',
    (stored) => {
      for (const token of ['', ' ', '   ', 'null', 'undefined', '42', '[object Object]', 'a', 'true'])
        expect(isWebhookTokenRight(stored, token)).toBe(false)
    },
  )

  it.each([['é'], ['日本'], ['\0'], ['a\0b'], ['\ud800']])('attack 8: the token %j never matches', (token) => {
    expect(isWebhookTokenRight('secret', token)).toBe(false)
    expect(isWebhookTokenRight(token, token)).toBe(false)
  })
})
