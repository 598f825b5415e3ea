import { expect, it } from 'vitest'
import { graphOf } from './catalog.fixture'
import { outlineGraph } from './outline'

const told = (graph: Parameters<typeof outlineGraph>[0]) =>
  outlineGraph(graph).map(
    ({ blockId, level, isRepeat, hasChildren }) =>
      `${'  '.repeat(level - 1)}${isRepeat ? '→ ' : ''}${blockId}${hasChildren ? ':' : ''}`,
  )

it('tells a chain on one level, branches one deeper, and a join once', () => {
  const graph = graphOf(
    [
      ['hook', 'split'],
      ['ask', 'split'],
      ['yes', 'split'],
      ['no', 'split'],
      ['join', 'split'],
      ['alone', 'split'],
    ],
    [
      ['hook', 'ask'],
      ['ask', 'yes'],
      ['ask', 'no'],
      ['yes', 'join'],
      ['no', 'join'],
    ],
  )
  expect(told(graph)).toEqual(['hook', 'ask:', '  yes', '  join', '  no', '  → join', 'alone'])
})

it('tells circles and dangling edges too, every edge once', () => {
  const graph = graphOf(
    [
      ['a', 'split'],
      ['b', 'split'],
    ],
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
  )
  expect(told(graph)).toEqual(['a', 'b', '→ a'])
  const keys = outlineGraph(graph).map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
  expect(told({ ...graph, edges: [{ ...graph.edges[0]!, target: 'gone' }] })).toEqual(['a', 'b'])
})

it('a chain as long as a graph may be is told as well', () => {
  const blocks = Array.from({ length: 2_000 }, (_, index) => [`b${index}`, 'split'] as [string, string])
  const edges = blocks.slice(1).map(([id], index) => [`b${index}`, id] as [string, string])
  expect(outlineGraph(graphOf(blocks, edges))).toHaveLength(2_000)
})
