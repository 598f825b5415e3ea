import { describe, expect, it } from 'vitest'
import { AppError } from './errors'
import { parseJson } from './parse-json'

const refused: unknown = expect.objectContaining({ name: 'AppError', code: 'VALIDATION_ERROR' })

describe('parseJson', () => {
  it.each([
    ['{"a":[1,"x",null,true]}', { a: [1, 'x', null, true] }],
    ['"text"', 'text'],
    ['\ufeff{"bom":1}', { bom: 1 }],
    ['{"a":1,"a":2}', { a: 2 }],
    ['{"big":9007199254740993,"huge":1e999}', { big: 9007199254740992, huge: Infinity }],
    ['"\\ud800"', '\ud800'],
    ['{"a":"[[[[\\"{{{"}', { a: '[[[["{{{' }],
  ])('attack 13: %s is data', (text, value) => {
    expect(parseJson(text)).toEqual(value)
  })

  it.each(['{', '', '{"a":}', "{'a':1}", '[1,]', 'NaN', '{"a":1}}', ']]]][', '\ufeff\ufeff{}', '"\n"'])(
    'refuses %j with a code, not a crash',
    (text) => {
      expect(() => parseJson(text)).toThrow(refused)
    },
  )

  it('names its source in the refusal', () => {
    expect(() => parseJson('{', 'Field input')).toThrow(/^Field input is not valid JSON/)
  })

  it.each([
    '{"__proto__":{"polluted":1},"a":1}',
    '{"\\u005f_proto__":{"polluted":1},"a":1}',
    '{"__prot\\u006F__":{"polluted":1},"a":1}',
    '{"\\u005F\\u005fproto\\u005F_":{"polluted":1},"a":1}',
  ])('attack 13: the key of %s is left out', (text) => {
    const value = parseJson(text)
    expect(Object.keys(value as object)).toEqual(['a'])
    expect(Object.assign({}, value)).not.toHaveProperty('polluted')
  })

  it.each([
    '[{"in":{"constructor":{"prototype":{"x":1},"b":2}}}]',
    '[{"in":{"c\\u006fnstructor":{"\\u0070rototype":{"x":1},"b":2}}}]',
  ])('attack 13: constructor.prototype of %s is left out, its neighbours stay', (text) => {
    expect(parseJson(text)).toEqual([{ in: { constructor: { b: 2 } } }])
  })

  it('keeps `prototype` and `constructor` where they harm nobody', () => {
    expect(parseJson('{"prototype":1,"constructor":"x"}')).toEqual({ prototype: 1, constructor: 'x' })
  })

  it('takes 200 levels and refuses 201', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(parseJson(nested(200))).toBeInstanceOf(Array)
    expect(() => parseJson(nested(201))).toThrow(refused)
  })

  it.each(['[', '{"a":', '[{"__proto__":'])('attack 13: 100,000 times %s is refused', (opening) => {
    expect(() => parseJson(opening.repeat(100_000))).toThrow(AppError)
  })

  it('attack 13: a million keys, prototype keys among them, are taken', () => {
    const keys = Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":${i}`).join(',')
    expect(Object.keys(parseJson(`{${keys},"__proto__":{}}`) as object)).toHaveLength(1_000_000)
  })
})
