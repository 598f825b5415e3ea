import { describe, expect, it } from 'vitest'
import { graphOf, testCatalog } from './catalog.fixture'
import { addItems, moveBlocks, removeItems, setConfigField } from './edit'
import { renameBlock } from './edit/rename-block'
import { mergeGraphs } from './merge'
import type { Graph } from '../contract/graph'

const base = graphOf(
  [
    ['a', 'split', { x: 1 }],
    ['b', 'split', { x: 1 }],
    ['c', 'split'],
  ],
  [
    ['a', 'b'],
    ['b', 'c'],
  ],
)
const set = (id: string, value: number) => (graph: Graph) =>
  setConfigField(graph, { blockId: id, path: ['x'], value }).graph
const move = (id: string) => (graph: Graph) => moveBlocks(graph, new Map([[id, { x: 9, y: 9 }]])).graph
const remove =
  (...ids: string[]) =>
  (graph: Graph) =>
    removeItems(graph, { blockIds: ids, edgeIds: ids }).graph
const rename = (id: string) => (graph: Graph) =>
  renameBlock(graph, { blockId: id, name: 'N', catalog: testCatalog }).graph
const add = (id: string) => (graph: Graph) =>
  addItems(graph, { blocks: [{ ...graph.blocks[0]!, id }], edges: [] }).graph
const link = (source: string, target: string) => (graph: Graph) =>
  addItems(graph, { blocks: [], edges: [{ ...base.edges[0]!, id: `${source}${target}`, source, target }] }).graph

function merge(mine: (graph: Graph) => Graph, theirs: (graph: Graph) => Graph) {
  return mergeGraphs({ base, mine: mine(base), theirs: theirs(structuredClone(base)) })
}

describe('a merge', () => {
  it('holds what either side did to different blocks', () => {
    const { graph } = merge(
      (g) => add('mine')(set('a', 2)(g)),
      (g) => add('theirs')(remove('c')(g)),
    )
    expect(graph?.blocks.map(({ id, config }) => [id, config['x']])).toEqual([
      ['a', 2],
      ['b', 1],
      ['theirs', 1],
      ['mine', 2],
    ])
    expect(graph?.edges.map(({ id }) => id)).toEqual(['e0'])
  })

  it('holds a move of one side and a new config of the other, of the same block', () => {
    const { graph } = merge(move('a'), set('a', 5))
    expect(graph?.blocks[0]).toMatchObject({ position: { x: 9, y: 9 }, config: { x: 5 } })
    expect(Object.keys(graph?.blocks[0] ?? {})).toEqual(Object.keys(base.blocks[0] ?? {}))
  })

  it.each<[string, (g: Graph) => Graph, (g: Graph) => Graph]>([
    ['did the same', set('a', 3), set('a', 3)],
    ['removed the same', remove('a'), remove('a')],
  ])('is no conflict when both sides %s', (_title, mine, theirs) => {
    expect(merge(mine, theirs).graph).toEqual(mine(base))
  })

  it.each<[string, (g: Graph) => Graph, (g: Graph) => Graph, unknown]>([
    ['the same config', set('a', 2), set('a', 3), { kind: 'block', id: 'a', mine: 'changed', theirs: 'changed' }],
    [
      'what the other removed',
      rename('a'),
      remove('a'),
      { kind: 'block', id: 'a', mine: 'changed', theirs: 'removed' },
    ],
    [
      'an edge to what the other removed',
      link('a', 'c'),
      remove('c'),
      { kind: 'block', id: 'c', mine: 'changed', theirs: 'removed' },
    ],
    [
      'by removing what the other connected',
      remove('c'),
      link('a', 'c'),
      { kind: 'block', id: 'c', mine: 'removed', theirs: 'changed' },
    ],
  ])('does not come about when the sides changed %s', (_title, mine, theirs, overlap) => {
    expect(merge(mine, theirs)).toEqual({ graph: null, overlaps: [overlap] })
  })
})
