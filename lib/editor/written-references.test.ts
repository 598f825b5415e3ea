import { expect, it } from 'vitest'
import type { Block, Edge, Graph } from '../contract/graph'
import { lastScope } from './last-scope'
import { markReferences } from './written-references'

const block = (id: string, name: string): Block => ({
  id,
  type: 'code',
  name,
  position: { x: 0, y: 0 },
  config: {},
  enabled: true,
})
const edge: Edge = {
  id: 'e',
  source: 'a',
  target: 'b',
  sourceHandle: 'output',
  targetHandle: 'input',
  condition: null,
}
const graph: Graph = { blocks: [block('a', 'Stock'), block('b', 'Reply'), block('c', 'Beside')], edges: [edge] }
const lastData = new Map([
  ['a', { output: { count: 3 } }],
  ['c', { output: 9 }],
])

function marksOf(text: string) {
  const scope = lastScope(graph, 'b', { lastData, variables: { who: 'Ada' } })
  return markReferences(text, scope).map(({ text: written, value, isBroken }) => [written, value, isBroken])
}

it.each([
  ['a block before it, by name', '<Stock.output.count> left', [['<Stock.output.count>', '3', false]]],
  [
    'the same by id, and a variable',
    '<a.output>{{variables.who}}',
    [
      ['<a.output>', '{"count":3}', false],
      ['{{variables.who}}', '"Ada"', false],
    ],
  ],
  ['a key that is not there', '<Stock.output.colour>', [['<Stock.output.colour>', null, false]]],
  ['a block beside it, which does not run before', '<Beside.output>', [['<Beside.output>', null, true]]],
  ['a block nobody has', '<Gone.output>', [['<Gone.output>', null, true]]],
  ['a secret, whose value nobody reads', '{{secrets.KEY}}', [['{{secrets.KEY}}', null, false]]],
  ['no reference at all', 'a < b', []],
])('marks %s', (_title, text, marks) => {
  expect(marksOf(text)).toEqual(marks)
})

it('knows where each stands', () => {
  const scope = lastScope(graph, 'b', { lastData, variables: {} })
  const [mark] = markReferences('say <Stock.output>!', scope)
  expect(mark).toMatchObject({ start: 4, end: 18 })
})
