import { expect, it } from 'vitest'
import { graphOf, testCatalog } from '../catalog.fixture'
import type { Graph } from '../../contract/graph'
import { renameBlock } from './rename-block'

const graph = graphOf(
  [
    ['s', 'starter', {}, { name: 'Start' }],
    ['one', 'split', {}, { name: 'Shop' }],
    ['two', 'split', { text: 'of <Shop.output>' }, { name: 'Shop' }],
    [
      'end',
      'general_api',
      {
        url: 'http://x/<Shop.output.id>?a=<Start.output.a>',
        deep: [{ '<Shop.output>': '<Shop.output> and <Shop.x>' }],
        _inputMappings: [{ sourceId: 'Shop', targetField: 'body' }],
      },
    ],
    ['run', 'code', { code: 'Shop["output"] # <Shop.output>' }],
    ['if', 'condition', { branches: [{ expression: '<Shop.output.n> > 3' }] }],
    ['before', 'split', { text: '<Shop.output>' }],
  ],
  [
    ['s', 'one'],
    ['one', 'two'],
    ['one', 'end'],
    ['one', 'run'],
    ['one', 'if'],
  ],
)

function configAfter(name: string, id: string, from: Graph = graph) {
  const { graph: after } = renameBlock(from, { blockId: 'one', name, catalog: testCatalog })
  return after.blocks.find((block) => block.id === id)?.config
}

it('takes along every reference by the old name', () => {
  expect(configAfter('Store', 'end')).toEqual({
    url: 'http://x/<Store.output.id>?a=<Start.output.a>',
    deep: [{ '<Shop.output>': '<Store.output> and <Store.x>' }],
    _inputMappings: [{ sourceId: 'Store', targetField: 'body' }],
  })
  expect(configAfter('Store', 'if')).toEqual({ branches: [{ expression: '<Store.output.n> > 3' }] })
  expect(configAfter('Store', 'two')).toEqual({ text: 'of <Store.output>' })
})

it('leaves code alone, and references that led elsewhere or nowhere', () => {
  expect(configAfter('Store', 'run')).toBe(graph.blocks[4]?.config)
  expect(configAfter('Store', 'before')).toBe(graph.blocks[6]?.config)
  const { graph: after } = renameBlock(graph, { blockId: 'two', name: 'Other', catalog: testCatalog })
  expect(after.blocks[3]).toBe(graph.blocks[3])
})

it.each([
  ['no name', ''],
  ['a name no reference can hold', 'A & <B>'],
  ['a name an earlier ancestor has', 'Start'],
])('writes the id where the block gets %s', (_title, name) => {
  expect(configAfter(name, 'if')).toEqual({ branches: [{ expression: '<one.output.n> > 3' }] })
})
