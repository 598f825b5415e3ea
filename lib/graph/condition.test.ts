import { describe, expect, it } from 'vitest'
import { evaluateCondition } from './condition'
import type { Json, JsonObject } from '../contract/json'

const scopeOf = (variables: JsonObject) => ({
  variables,
  block: (name: string) => (name === 'start' ? { output: variables } : undefined),
})
const route = (config: JsonObject, variables: JsonObject = {}) =>
  evaluateCondition(config, scopeOf(variables)).data['route']
const branches = (...expressions: Json[]): JsonObject => ({
  branches: expressions.map((expression) => ({ expression })),
})
const cases = (...labels: Json[]): Json => labels.map((label) => ({ cells: { 'Case Label': label } }))

describe('a condition', () => {
  it.each<[string, JsonObject, JsonObject, string]>([
    ['the first true branch wins', branches('v == 1', 'v > 0'), { v: 1 }, 'if'],
    ['the second branch is elif_1', branches('v == 1', 'v > 0'), { v: 2 }, 'elif_1'],
    ['the third branch is elif_2', branches('v == 1', 'v == 2', 'v == 3'), { v: 3 }, 'elif_2'],
    ['none is else', branches('v == 1'), { v: 9 }, 'else'],
    ['no branches at all give else', {}, {}, 'else'],
    ['an empty list of branches gives else', { branches: [] }, {}, 'else'],
    ['an empty expression is false', branches('', 'true'), {}, 'elif_1'],
    ['a branch that is a truth value counts', branches(true), {}, 'if'],
    ['a branch that errors counts as false', branches('v +', 'unknown', '1 / 0', 'v == 1'), { v: 1 }, 'elif_3'],
    ['a lone expression still works', { expression: '<start.output.n> > 1' }, { n: 2 }, 'if'],
    ['a lone expression that is false is else', { expression: '<start.output.n> > 1' }, { n: 0 }, 'else'],
    ['branches win over a lone expression', { ...branches('false'), expression: 'true' }, {}, 'else'],
    ['a lone expression counts beside empty branches', { branches: [], expression: 'true' }, {}, 'if'],
  ])('%s', (_title, config, variables, expected) => {
    expect(route(config, variables)).toBe(expected)
  })

  it.each<[string, Json, JsonObject, string]>([
    ['a label is text where it names nothing', cases('open', 'closed'), { v: 'closed' }, 'elif_1'],
    ['a label of several words is text', cases('in progress', 'not started'), { v: 'not started' }, 'elif_1'],
    ['a quoted label is its text', cases('"open"'), { v: 'open' }, 'if'],
    ['a label is a number where it reads as one', cases('1', '2'), { v: 2 }, 'elif_1'],
    ['a label may be a number', cases(1, 2), { v: '2' }, 'elif_1'],
    ['a label that is a name is its value', cases('limit'), { v: 4, limit: 4 }, 'if'],
    ['a label binds references', cases('<start.output.limit>'), { v: 'a == b', limit: 'a == b' }, 'if'],
    ['blank labels take no route', cases('', null, '  ', 'x'), { v: 'x' }, 'if'],
    ['a date is text', cases('2024-01-15'), { v: '2024-01-15' }, 'if'],
    ['none is else', cases('x', 'y'), { v: 'z' }, 'else'],
    ['no labels give else', [], { v: 'z' }, 'else'],
  ])('as a switch: %s', (_title, list, variables, expected) => {
    expect(route({ mode: 'switch', expression: 'v', cases: list }, variables)).toBe(expected)
  })

  it('as a switch: a subject that fails is else, with a warning for each label', () => {
    const config = { mode: 'switch', expression: 'unknown', cases: cases('a', 'b') }
    const { data, warnings } = evaluateCondition(config, scopeOf({}))
    expect(data['route']).toBe('else')
    expect(warnings).toHaveLength(2)
  })

  it('attack 21: a label bound to data that reads like an expression stays data', () => {
    const config = { mode: 'switch', expression: 'v', cases: cases('<start.output.label>') }
    expect(route(config, { v: 2, label: '1 + 1' })).toBe('else')
    expect(route(branches('<start.output.text>' + ' == "x"'), { text: '" or true or "' })).toBe('else')
  })

  it('hands on its decision and how it came about', () => {
    const { data, warnings } = evaluateCondition(
      branches('<start.output.n> > limit', 'x +', 'n == 1'),
      scopeOf({ n: 1, limit: 5 }),
    )
    expect(data).toEqual({
      output: true,
      result: 'elif_2',
      route: 'elif_2',
      _debug: [
        {
          branch: 'if',
          raw: '<start.output.n> > limit',
          resolved: '1 > limit',
          variables: { '<start.output.n>': 1, limit: 5 },
          result: false,
        },
        {
          branch: 'elif_1',
          raw: 'x +',
          resolved: 'x +',
          variables: {},
          error: expect.stringContaining('Unexpected end') as string,
        },
        { branch: 'elif_2', raw: 'n == 1', resolved: 'n == 1', variables: { n: 1 }, result: true },
      ],
    })
    expect(warnings).toEqual([expect.stringMatching(/^Branch elif_1 counts as false: Unexpected end/)])
  })

  it('shows large values in short', () => {
    const { data } = evaluateCondition(
      branches('len(<start.output.l>) == 0'),
      scopeOf({ l: Array.from({ length: 5_000 }, () => 'x') }),
    )
    expect(JSON.stringify(data)).toContain('[list of 5000]')
    expect(JSON.stringify(data).length).toBeLessThan(1_000)
  })
})
