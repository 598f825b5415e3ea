import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { graphOf } from './catalog.fixture'
import { diffGraphs, diffValues, isEqual, isOnlyMoved } from './diff'
import type { Json } from '../contract/json'

const before = graphOf(
  [
    ['a', 'split', { list: [1, { x: 1 }], gone: null, keep: true }],
    ['b', 'split'],
    ['c', 'split'],
  ],
  [
    ['a', 'b'],
    ['b', 'c'],
  ],
)

describe('diffGraphs', () => {
  it('tells what was added, removed and changed, down to the field', () => {
    const [a, b] = before.blocks
    const after = {
      blocks: [
        { ...a!, name: 'A', config: { keep: true, list: [1, { x: 2 }, 3] } },
        { ...b!, position: { x: 8, y: 0 } },
        { ...b!, id: 'd' },
      ],
      edges: [{ ...before.edges[0]!, condition: 'if' }],
    }
    const { blocks, edges, isEmpty } = diffGraphs(before, after)
    expect(isEmpty).toBe(false)
    expect([blocks.added, blocks.removed].map((list) => list.map(({ id }) => id))).toEqual([['d'], ['c']])
    expect(
      blocks.changed.map(({ fields }) => fields.map(({ path, before: was, after: is }) => [path.join('.'), was, is])),
    ).toEqual([
      [
        ['name', '', 'A'],
        ['config.list.1.x', 1, 2],
        ['config.list.2', undefined, 3],
        ['config.gone', null, undefined],
      ],
      [['position.x', 0, 8]],
    ])
    expect(blocks.changed.map(isOnlyMoved)).toEqual([false, true])
    expect(edges.removed.map(({ id }) => id)).toEqual(['e1'])
    expect(edges.changed[0]?.fields).toEqual([{ path: ['condition'], before: null, after: 'if' }])
  })

  it('finds nothing between a graph and its copy, keys in another order included', () => {
    const copy = structuredClone(before)
    copy.blocks[0]!.config = Object.fromEntries(Object.entries(copy.blocks[0]!.config).toReversed())
    expect(diffGraphs(before, copy)).toMatchObject({ isEmpty: true })
  })
})

it('values differ exactly when they are not equal', () => {
  const value = fc.jsonValue({ maxDepth: 3 })
  fc.assert(
    fc.property(value, value, (one, two) => {
      // Every value that jsonValue makes is one.
      const [a, b] = [one as Json, two as Json]
      expect(diffValues(a, b).length === 0).toBe(isEqual(a, b))
      expect(isEqual(a, structuredClone(a))).toBe(true)
      expect(isEqual(a, b)).toBe(isEqual(b, a))
    }),
  )
})
