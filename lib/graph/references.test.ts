import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileTemplate, isReferableKey, referencesIn, resolveTemplate } from './references'
import type { Json, JsonObject } from '../contract/json'
import type { Scope } from '../blocks/contract'

const blocks: Record<string, JsonObject> = {
  start: {
    output: {
      text: 'hi',
      n: 3,
      flag: true,
      nil: null,
      list: [1, { x: 'y' }],
      obj: { a: { b: 'deep' } },
      'first name': 'Ada',
      danger: '<start.output.n> {{secrets.KEY}} {{variables.v}}',
      '0': 'zero key',
    },
    route: 'if',
  },
  'my block': { output: 'named' },
  café: { output: 'unicode' },
}
const scope: Scope = {
  block: (name) => (Object.hasOwn(blocks, name) ? blocks[name] : undefined),
  variables: { v: 1, user: { name: 'Bo' }, list: ['a'] },
  secret: (name) => (name === 'KEY' ? 's3cret' : undefined),
}

const resolve = (value: Json, options = { secrets: false }) => resolveTemplate(compileTemplate(value, options), scope)

describe('references', () => {
  it.each<[string, Json, Json]>([
    ['a whole reference keeps its type', '<start.output.n>', 3],
    ['a whole reference to an object yields the object', '<start.output.obj>', { a: { b: 'deep' } }],
    ['null is resolved', '<start.output.nil>', null],
    ['null inside text is the word', 'x<start.output.nil>', 'xnull'],
    ['texts stand as they are inside text', 'Hello <start.output.text>!', 'Hello hi!'],
    ['lists stand as JSON inside text', 'l=<start.output.list>', 'l=[1,{"x":"y"}]'],
    ['truth values stand as JSON inside text', '<start.output.flag>/<start.output.n>', 'true/3'],
    ['list items are read by index', '<start.output.list.1.x>', 'y'],
    ['an index past the end is left as written', '<start.output.list.7>', '<start.output.list.7>'],
    ['a list has no length key', '<start.output.list.length>', '<start.output.list.length>'],
    ['digits are keys of objects', '<start.output.0>', 'zero key'],
    ['keys may hold blanks', '<start.output.first name>', 'Ada'],
    ['a block is found by a name with a blank', '<my block.output>', 'named'],
    ['a block is found by a name in any script', '«<café.output>»', '«unicode»'],
    ['top-level fields other than output are readable', '<start.route>', 'if'],
    ['a missing field is left as written', 'a <start.output.zz> b', 'a <start.output.zz> b'],
    ['a path through a text is left as written', '<start.output.text.more>', '<start.output.text.more>'],
    ['an unknown block is left as written', '<ghost.output>', '<ghost.output>'],
    ['a block without a path is no reference', '<start>', '<start>'],
    ['markup is no reference', '<div><b>x</b></div> <a href="x.y">', '<div><b>x</b></div> <a href="x.y">'],
    ['comparisons are no references', '1 < 2.5 and 3 > 2', '1 < 2.5 and 3 > 2'],
    ['variables are read in braces', '{{variables.user.name}} {{ variables.v }}', 'Bo 1'],
    ['a whole variable keeps its type', '{{variables.list}}', ['a']],
    ['an unknown variable is left as written', '{{variables.nope}} {{other.v}}', '{{variables.nope}} {{other.v}}'],
    ['braces without a path are text', '{{variables}} {{}} {{variables.}}', '{{variables}} {{}} {{variables.}}'],
    ['a reference inside another is found', '<ghost.{{variables.v}}>', '<ghost.1>'],
    ['object keys are not resolved', { '<start.output.n>': '<start.output.n>' }, { '<start.output.n>': 3 }],
    ['lists and objects are walked', [{ a: ['<start.output.n>', 1] }, null], [{ a: [3, 1] }, null]],
  ])('%s', (_title, template, expected) => {
    expect(resolve(template)).toEqual(expected)
  })

  it('attack 21: data that looks like a reference is data', () => {
    const data = '<start.output.n> {{secrets.KEY}} {{variables.v}}'
    expect(resolve('<start.output.danger>', { secrets: true })).toBe(data)
    expect(resolve('x <start.output.danger>', { secrets: true })).toBe(`x ${data}`)
  })

  it.each([
    'constructor',
    '__proto__',
    'toString',
    'output.__proto__.x',
    'output.constructor.name',
    'output.text.length',
  ])('attack 20: <start.%s> reaches no prototype', (path) => {
    expect(resolve(`<start.${path}>`)).toBe(`<start.${path}>`)
    expect(resolve(`{{variables.${path}}}`)).toBe(`{{variables.${path}}}`)
  })

  it('reads secrets only where they may leave the process', () => {
    expect(resolve('Bearer {{secrets.KEY}}', { secrets: true })).toBe('Bearer s3cret')
    expect(resolve('{{secrets.NOPE}}', { secrets: true })).toBe('{{secrets.NOPE}}')
    expect(resolve('Bearer {{secrets.KEY}}')).toBe('Bearer {{secrets.KEY}}')
    expect(
      resolveTemplate(compileTemplate('{{secrets.KEY}}', { secrets: true }), { ...scope, secret: () => undefined }),
    ).toBe('{{secrets.KEY}}')
  })

  it('hands on a value without references itself, not a copy', () => {
    const saved = { a: [1, { b: 'text <div>' }] }
    expect(resolve(saved)).toBe(saved)
  })

  it('lists what a template refers to, in reading order', () => {
    const template = compileTemplate({ a: '<x.y> {{variables.v}}', b: ['{{secrets.K}}'] }, { secrets: true })
    expect(referencesIn(template)).toEqual([
      { kind: 'block', block: 'x', path: ['y'] },
      { kind: 'variable', path: ['v'] },
      { kind: 'secret', name: 'K' },
    ])
  })

  it('leaves references as written once a config would grow past its limit', () => {
    const large: Scope = { ...scope, block: () => ({ output: 'x'.repeat(20 * 1024 * 1024) }) }
    const text = resolveTemplate(compileTemplate('<a.output>|<a.output>|<a.output>', { secrets: false }), large)
    expect(text).toBe(`${'x'.repeat(20 * 1024 * 1024)}|<a.output>|<a.output>`)
  })

  it('scans text made to slow it down in linear time', () => {
    for (const piece of ['<', '<a', '<a.', '<a.b', '{{', '{{variables.', '{{variables. ', '{{ ']) {
      const text = piece.repeat(200_000)
      expect(resolve(text)).toBe(text)
      expect(resolve(piece + ' '.repeat(1_000_000))).toBe(piece + ' '.repeat(1_000_000))
    }
  })
})

const key = fc.constantFrom('output', 'a', 'b', '0', '1', 'constructor', '__proto__', 'x y')
const piece = fc.oneof(
  fc
    .tuple(fc.constantFrom('start', 'my block', 'ghost', 'constructor'), fc.array(key, { maxLength: 4 }))
    .map(([block, path]) => `<${[block, ...path].join('.')}>`),
  fc.array(key, { maxLength: 3 }).map((path) => `{{${['variables', ...path].join('.')}}}`),
  fc.constantFrom('<', '>', '{{', '}}', 'text', '.', ' ', '<<', '{'),
  fc.string({ maxLength: 5 }),
)
const anyTemplate = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc.jsonValue().map((value) => value as Json),
)

describe('references, on any text and data', () => {
  it('agree with a reading written straight from the rules, and never throw', () => {
    fc.assert(
      fc.property(anyTemplate, fc.jsonValue(), (template, data) => {
        const any: Scope = {
          block: (name) => (name === 'start' || name === 'my block' ? { output: data as Json } : undefined),
          variables: { output: data as Json },
        }
        expect(resolveTemplate(compileTemplate(template, { secrets: false }), any)).toEqual(naive(template, any))
      }),
      { numRuns: 500 },
    )
  })
})

/** The rules again, one text at a time. */
function naive(value: Json, scopeOfRun: Scope): Json {
  if (Array.isArray(value)) return value.map((item) => naive(item, scopeOfRun))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, naive(item, scopeOfRun)]))
  if (typeof value !== 'string') return value
  const whole = value.match(/^(?:<[^<>]*>|\{\{[^{}]*\}\})$/u) ? naiveValue(value, scopeOfRun) : undefined
  if (whole !== undefined) return whole
  return value.replace(/<[^<>{}]*>|\{\{[^{}]*\}\}/gu, (text) => {
    const found = naiveValue(text, scopeOfRun)
    return found === undefined ? text : typeof found === 'string' ? found : JSON.stringify(found)
  })
}

function naiveValue(text: string, { block, variables }: Scope): Json | undefined {
  const inner = text.startsWith('<') ? text.slice(1, -1) : text.slice(2, -2).trim()
  const [root = '', ...path] = inner.split('.')
  if (path.length === 0 || path.includes('')) return undefined
  let value: Json | undefined = text.startsWith('<') ? block(root) : root === 'variables' ? variables : undefined
  for (const step of path) {
    if (value === null || typeof value !== 'object' || step === 'length') return undefined
    value = Object.getOwnPropertyDescriptor(value, step)?.value as Json | undefined
  }
  return value
}

it('tells which keys a reference can name', () => {
  expect(['price', 'odd key', 'Größe', '0'].every(isReferableKey)).toBe(true)
  expect(['', 'a.b', '<b>', '{x}'].some(isReferableKey)).toBe(false)
})
