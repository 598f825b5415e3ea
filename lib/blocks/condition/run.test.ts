import { describe, expect, it } from 'vitest'
import { fakeContext, ranBlock } from '../testing'
import { condition } from './definition'
import { run } from './run'
import type { JsonObject } from '../../contract/json'

function decide(config: JsonObject, variables: JsonObject = {}) {
  const context = fakeContext({ variables, ancestors: [ranBlock('start', { output: variables })] })
  return { data: run(condition.config.parse(config), context), warnings: context.warnings }
}

it('takes the first branch that is true', () => {
  const branches = [{ expression: '<start.output.n> > 10' }, { expression: '<start.output.n> > 5' }]
  expect(decide({ branches }, { n: 7 }).data).toMatchObject({ output: true, result: 'elif_1', route: 'elif_1' })
  expect(decide({ branches }, { n: 1 }).data).toMatchObject({ output: false, result: 'else', route: 'else' })
})

it('warns of a branch that errors, and counts it as false', () => {
  const { data, warnings } = decide({ branches: [{ expression: 'nobody == 1' }] })
  expect(data).toMatchObject({ route: 'else' })
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('if')
})

it('attack 21: text in data is no expression, even as the label of a case', () => {
  const cases = [{ cells: { 'Case Label': '<start.output.label>' } }]
  const config = { mode: 'switch', expression: '<start.output.n>', cases }
  expect(decide(config, { n: 1, label: 'n' }).data).toMatchObject({ route: 'else' })
})

describe('its handles are the routes it can take', () => {
  const no = { expression: 'false' }
  it.each<[string, JsonObject]>([
    ['branches', { branches: [no, no, no] }],
    ['a blank and a non-text branch', { branches: [{ expression: '' }, { expression: false }, {}] }],
    ['a lone expression', { expression: 'false' }],
    ['a blank expression', { expression: ' ' }],
    ['no branches', { branches: [] }],
    ['nothing', {}],
    ['branches before a lone expression', { branches: [no], expression: 'false' }],
    [
      'a switch with a blank label',
      {
        mode: 'switch',
        expression: '1',
        cases: [{ cells: { 'Case Label': 2 } }, { cells: { 'Case Label': ' ' } }, {}, { cells: { 'Case Label': 'x' } }],
      },
    ],
  ])('with %s', (_title, config) => {
    const { data } = decide(config)
    const debug = (data as { _debug: { branch: string }[] })._debug
    expect(condition.outputs(config).map(({ id }) => id)).toEqual([...debug.map(({ branch }) => branch), 'else'])
  })
})
