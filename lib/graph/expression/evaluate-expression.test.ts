import { describe, expect, it } from 'vitest'
import { compileExpression } from './compile-expression'
import { evaluateExpression, isTruthy } from './evaluate-expression'
import { ExpressionError } from './expression-error'
import type { Json, JsonObject } from '../../contract/json'

const output: JsonObject = {
  n: 5,
  text: 'Hello',
  five: '5',
  list: [7, '8', null],
  obj: { k: 1, 'a b': 2 },
  nil: null,
  yes: true,
  danger: 'true or <start.output.n>',
}
const blocks: Record<string, JsonObject> = { start: { output }, 'my-block': { output: 'x' } }
const scope = {
  block: (name: string) => (Object.hasOwn(blocks, name) ? blocks[name] : undefined),
  variables: { a: 3, b: 0, text: 'Hello', empty: '', user: { name: 'Bo', in: 1 }, this: 'self' },
}
const evaluate = (text: string): Json => evaluateExpression(compileExpression(text), scope)

function failureOf(text: string): string {
  try {
    return `value ${JSON.stringify(evaluate(text))}`
  } catch (error) {
    return error instanceof ExpressionError ? error.reason : `threw ${String(error)}`
  }
}

describe('the condition language', () => {
  it.each<[string, Json]>([
    // Values and names
    ['True', true],
    ['false', false],
    ['None', null],
    ['\'it is\' + " so"', 'it is so'],
    ['.5', 0.5],
    ['1e3', 1000],
    ['[1, "a", [true]]', [1, 'a', [true]]],
    ['', false],
    ['  ', false],
    ['a', 3],
    ['start.output.n', 5],
    ['this', 'self'],
    // References bind values
    ['<start.output.n>', 5],
    ['<my-block.output>', 'x'],
    ['{{variables.user.name}}', 'Bo'],
    ['<start.output.list>[1]', '8'],
    ['<start.output.danger>', 'true or <start.output.n>'],
    ['<start.output.missing>', null],
    ['{{variables.missing}}', null],
    ['1 < <start.output.n> < 10', true],
    ['a <start.output.n> 2', true],
    ['<start.output.n>>4', true],
    ['"<start.output.n> items" == "5 items"', true],
    ['"<start.output.nil>"', 'null'],
    // Keys and items
    ['user.name', 'Bo'],
    ['user.missing', null],
    ['user.in', 1],
    ['user["name"]', 'Bo'],
    ['start.output.obj["a b"]', 2],
    ['start.output.list[-3]', 7],
    ['text[0]', 'H'],
    ['"a😀b"[1]', '😀'],
    // Logic, by rank
    ['not a == 4', true],
    ['!a == 4', true],
    ['not b and a', 3],
    ['a or unknown', 3],
    ['b and unknown', 0],
    ['b || "x"', 'x'],
    ['a && "x"', 'x'],
    ['True or True and False', true],
    ['not not a', true],
    ['a == !b', false],
    // Arithmetic takes values as they are
    ['1 + 2 * 3 - 4 / 2', 5],
    ['-a + 5', 2],
    ['--a', 3],
    ['7 % 3', 1],
    ['-7 % 3', 2],
    ['7 % -3', -2],
    ['true + 1', 2],
    ['(a + 1) * 2 == 8', true],
    // Comparisons coerce texts
    ['"5" == 5', true],
    ['<start.output.five> == 5', true],
    ['"1.0" == 1', true],
    ['" 7 " == 7', true],
    ['"1e2" == 100', true],
    ['"TRUE" == true', true],
    ['true == 1', true],
    ['"10" > "9"', true],
    ['"b" > "a"', true],
    ['"" == 0', false],
    ['"0x10" == 16', false],
    ['null == false', false],
    ['null == <start.output.nil>', true],
    ['"9007199254740993" == "9007199254740992"', false],
    ['"9007199254740993" > 9007199254740992', true],
    ['[1, 2] == [1, 2]', true],
    ['[1, "2"] == [1, 2]', false],
    ['user == {{variables.user}}', true],
    ['1 < 2 < 3', true],
    ['1 < 3 < 2', false],
    ['(1 < 3) < 2', true],
    // in and is
    ['"ell" in text', true],
    ['a in [1, 2, 3]', true],
    ['"3" in [3]', true],
    ['a not  in [1]', true],
    ['"name" in user', true],
    ['"constructor" in user', false],
    ['<start.output.nil> is None', true],
    ['"5" is 5', false],
    ['1 is true', false],
    ['a is  not None', true],
    // Functions, in both spellings
    ['len("a😀b")', 3],
    ['len([1, [2, 3]])', 2],
    ['len(user)', 2],
    ['lower(text) == text.lower()', true],
    ['text.upper()', 'HELLO'],
    ['contains(text, "ell")', true],
    ['contains([1, 2], 2)', true],
    ['text.startswith("He") and endswith(text, "lo")', true],
  ])('%s', (text, expected) => {
    expect(evaluate(text)).toEqual(expected)
  })

  it.each(['unknown', '<ghost.output>', 'not unknown'])('has no value where a name is unknown: %s', (text) => {
    expect(failureOf(text)).toBe('unknown_name')
  })

  it.each([
    'user["missing"]',
    '[1][5]',
    '[1][-2]',
    'user.missing.deeper',
    '<start.output.missing.deeper>',
    '<start.output.list.9>',
    '1 / 0',
    '1 % 0',
    '"a" + 1',
    '"a" * 3',
    '[1] + [2]',
    'null + 1',
    '-"a"',
    '1 < "a"',
    'null < 1',
    '[1] < [2]',
    '1 in "123"',
    '1 in 2',
    'len(1)',
    'lower(1)',
    '1e308 * 10',
    '[1][1.5]',
    'true.x',
  ])('has no value where values do not go together: %s', (text) => {
    expect(failureOf(text)).toBe('value')
  })

  it.each([
    'a = 3',
    'a === 3',
    'a => 3',
    'a ** 2',
    'a // 2',
    'a ? 1 : 2',
    'a?.b',
    'a ?? b',
    'a; b',
    'a;',
    ';a',
    'a,',
    ',a',
    '(1, 2)',
    '(1 2)',
    '[1 2]',
    '[1,,2]',
    '1 2',
    '()',
    '{"a": 1}',
    '`a`',
    '~a',
    'a | b',
    '$a',
    '"open',
    '(1',
    '1)',
    '1e999',
    '01',
    '1.2.3',
    'and',
    'a or',
    'a not 1',
    'a == not b',
    '<start.output.n> +',
    'len()',
    'len(a, b)',
    'len(a b)',
    '<a.b',
    '{{secrets.KEY}}',
    'lambda: 1',
    'a if b else c',
  ])('attack 25: knows nothing but what is listed: %s', (text) => {
    expect(failureOf(text)).toBe('syntax')
  })

  it.each([
    '__import__("os").system("true")',
    'constructor("return process")()',
    'user.constructor.constructor("return 1")()',
    'len.constructor("x")()',
    'eval("1")',
    'text.replace("a", "b")',
    'user["__proto__"]',
    'user.constructor.name',
    'globalThis',
    'process',
    'toString',
    '__proto__',
  ])('attack 20: reaches no prototype, no global and no other function: %s', (text) => {
    expect(failureOf(text)).toMatch(/^(syntax|unknown_name|value)$/)
    expect(evaluate('user.constructor')).toBeNull()
    expect(evaluate('user.__proto__')).toBeNull()
  })

  it.each<[string, string]>([
    ['brackets', '('.repeat(3_000) + '1' + ')'.repeat(3_000)],
    ['lists', '['.repeat(4_000)],
    ['calls', 'len('.repeat(2_000)],
    ['items', 'a['.repeat(3_000)],
    ['keys', `user${'.a'.repeat(4_000)}`],
    ['length', `1${' '.repeat(10_000)}`],
  ])('attack 25: bounds the nesting and the length of its text: %s', (_title, text) => {
    expect(failureOf(text)).toBe('syntax')
  })

  it.each<[string, string, Json]>([
    ['signs', `${'-'.repeat(9_000)}1`, 1],
    ['negations', `${'not '.repeat(2_000)}1`, true],
    ['sums', `1${'+1'.repeat(4_000)}`, 4_001],
    ['alternatives', `0${' or 0'.repeat(1_900)}`, 0],
    ['chains', `0${' < 1'.repeat(1)}${' == 1'.repeat(1_500)}`, true],
  ])('reads long runs of one rank without nesting: %s', (_title, text, expected) => {
    expect(evaluate(text)).toEqual(expected)
  })

  it('attack 25: bounds the texts it builds and the values it walks', () => {
    const big = {
      ...scope,
      variables: { t: 'x'.repeat(900_000), l: Array.from({ length: 600_000 }, (_, i) => i), m: [] as Json[] },
    }
    big.variables.m = [...big.variables.l]
    const failure = (text: string) => {
      try {
        return evaluateExpression(compileExpression(text), big)
      } catch (error) {
        return error instanceof ExpressionError ? error.reason : error
      }
    }
    expect(failure('len(t)')).toBe(900_000)
    expect(failure('t + t')).toBe('value')
    expect(failure('"<v.x>{{variables.t}}{{variables.t}}" == 1')).toBe('value')
    expect(failure('l == m')).toBe(true)
    expect(failure('l == m and l == m')).toBe('value')
    expect(failure('-1 in l or -1 in m')).toBe('value')
    expect(failure(Array.from({ length: 300 }, () => 't == t').join(' and '))).toBe('value')
  })

  it('attack 25: values nested too deep to compare are an error, not a crash', () => {
    const nest = (depth: number) => {
      let value: Json = 1
      for (let i = 0; i < depth; i++) value = [value]
      return value
    }
    const deep = { ...scope, variables: { x: nest(50_000), y: nest(50_000) } }
    expect(() => evaluateExpression(compileExpression('x == y'), deep)).toThrow(ExpressionError)
    expect(() => evaluateExpression(compileExpression('"{{variables.x}}" == 1'), deep)).not.toThrow(RangeError)
  })

  it('tells the references and names of an expression', () => {
    const { references, names } = compileExpression('a > <x.y> and "in <z.w>" == [b.c][0] or len({{variables.v}})')
    expect(names).toEqual(['a', 'b'])
    expect(references).toEqual([
      { kind: 'block', block: 'x', path: ['y'] },
      { kind: 'block', block: 'z', path: ['w'] },
      { kind: 'variable', path: ['v'] },
    ])
  })

  it.each<[Json, boolean]>([
    ['', false],
    ['0', true],
    ['false', true],
    [0, false],
    [-1, true],
    [[], false],
    [[0], true],
    [{}, false],
    [{ a: null }, true],
    [null, false],
    [false, false],
  ])('the truth of %j is %s', (value, expected) => {
    expect(isTruthy(value)).toBe(expected)
  })
})
