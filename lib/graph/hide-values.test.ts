import { describe, expect, it } from 'vitest'
import { hideConfig, hiddenMark, holdsHidden, restoreHidden } from './hide-values'
import type { JsonObject } from '../contract/json'

const hide = (config: JsonObject, credentialFields?: string[]) =>
  hideConfig(config, credentialFields ? { credentialFields } : undefined)

describe('hideConfig', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['a header', { headers: { 'X-Shop': 'abcd' } }, { headers: { 'X-Shop': hiddenMark } }],
    ['a header that is JSON text', { headers: '{"X-Shop": "abcd"}' }, { headers: hiddenMark }],
    [
      'a header in a table',
      { headers: [{ cells: { Key: 'X-Shop', Value: 'abcd' } }] },
      { headers: [{ cells: { Key: 'X-Shop', Value: hiddenMark } }] },
    ],
    ['a header of a tool', { tools: [{ headers: { a: 'abcd' } }] }, { tools: [{ headers: { a: hiddenMark } }] }],
    ['a value whose name says so', { body: { accessToken: 'abcd' } }, { body: { accessToken: hiddenMark } }],
    ['a password in an address', { url: 'https://me:pw@a.example/' }, { url: `https://${hiddenMark}@a.example/` }],
    [
      'a key in an address',
      { url: 'https://a.example/?q=1&key=ab' },
      { url: `https://a.example/?q=1&key=${hiddenMark}` },
    ],
    ['a key in code', { code: 'api_key = "abcd"' }, { code: `api_key = "${hiddenMark}"` }],
    ['a token behind its scheme', { body: 'Bearer abcdefgh' }, { body: `Bearer ${hiddenMark}` }],
    ['a token of a known look', { code: 'f("sk-abcdefghijklmnop")' }, { code: `f("${hiddenMark}")` }],
  ])('hides %s', (_what, config, hidden) => {
    expect(hide(config)).toMatchObject({ config: hidden, values: [expect.any(String)] })
    expect(holdsHidden(hide(config).config)).toBe(true)
  })

  it.each<[string, JsonObject]>([
    ['references', { headers: { Authorization: 'Bearer {{secrets.KEY}}', 'X-Id': '<start.output.id>' } }],
    ['harmless headers', { headers: { Accept: 'text/plain', 'Content-Type': 'application/json' } }],
    ['numbers of tokens', { max_tokens: 100, prompt: 'Count the tokens' }],
    ['words that only look alike', { author: 'Ada', code: 'key = "total"', body: { keyboard: 'de' } }],
    ['empty values', { headers: { 'X-Shop': '' }, password: '' }],
  ])('leaves %s alone', (_what, config) => {
    expect(hide(config)).toEqual({ config, values: [] })
  })

  it('hides the credentials a block has for itself', () => {
    const config = { webhook_id: 'w', webhook_secret: 's', other: 1 }
    expect(hide(config, ['webhook_id', 'webhook_secret'])).toEqual({
      config: { webhook_id: hiddenMark, webhook_secret: hiddenMark, other: 1 },
      values: ['w', 's'],
    })
  })
})

describe('restoreHidden', () => {
  const was = { url: 'https://me:pw@a.example/?token=t1&q=1', headers: { 'X-A': 'aaaa', 'X-B': 'bbbb' }, body: 'x' }

  it('gives back what was hidden, edits around it kept', () => {
    const seen = hide(was).config
    expect(restoreHidden(seen, was)).toEqual(was)
    const edited = { ...seen, url: String(seen['url']).replace('q=1', 'q=2'), body: 'y' }
    expect(restoreHidden(edited, was)).toEqual({ ...was, url: was.url.replace('q=1', 'q=2'), body: 'y' })
  })

  it('leaves a mark where nothing was hidden', () => {
    expect(restoreHidden({ body: hiddenMark, headers: { 'X-C': hiddenMark } }, was)).toEqual({
      body: hiddenMark,
      headers: { 'X-C': hiddenMark },
    })
  })
})
