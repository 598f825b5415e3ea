import { expect, it } from 'vitest'
import type { Json } from '../contract/json'
import { differingPaths } from './differing-paths'

it.each<[string, Json, Json, unknown[]]>([
  ['equal values', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
  ['keys in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ['one value inside', { a: { b: 1 } }, { a: { b: 2 } }, [{ path: 'a.b', left: 1, right: 2 }]],
  ['a key that one lacks', { a: 1 }, { a: 1, c: 3 }, [{ path: 'c', left: undefined, right: 3 }]],
  ['a longer list', [1], [1, 2], [{ path: '1', left: undefined, right: 2 }]],
  ['another kind of value', { a: [] }, { a: {} }, [{ path: 'a', left: [], right: {} }]],
  ['two plain values', 'x', 'y', [{ path: '', left: 'x', right: 'y' }]],
])('finds where %s differ', (_title, left, right, found) => {
  expect(differingPaths(left, right, 10)).toEqual(found)
})

it('stops at its limit', () => {
  expect(differingPaths([1, 2, 3], [4, 5, 6], 2)).toHaveLength(2)
})
