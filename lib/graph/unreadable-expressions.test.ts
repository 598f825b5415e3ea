import { expect, it } from 'vitest'
import { graphOf } from './catalog.fixture'
import { unreadableExpressions } from './unreadable-expressions'
import { catalog } from '../blocks/catalog'

it('tells of expressions that cannot be read, and where they stand', () => {
  const branches = [{ expression: '<a.output> > 1' }, { expression: 'nonsense ((' }, { expression: '' }]
  const cases = [{ cells: { 'Case Label': 'two words' } }]
  const graph = graphOf([
    ['a', 'condition', { branches }, { name: 'Dear?' }],
    ['b', 'condition', { mode: 'switch', expression: 'kind', cases }],
    ['c', 'code', { code: 'if (' }],
  ])
  const [first, ...others] = unreadableExpressions(graph, catalog)
  expect(first).toMatchObject({ severity: 'warning', block: 'a', path: 'config.branches.1.expression' })
  expect(first?.message).toContain('“nonsense ((” counts as false')
  expect(others).toEqual([])
})
