import { expect, it } from 'vitest'
import { graphOf, testCatalog } from './catalog.fixture'
import { connectableBlocks, connectionRefusal } from './connect'

const graph = graphOf(
  [
    ['s', 'starter', {}, { name: 'Start' }],
    ['c', 'condition', { branches: [{}, {}] }],
    ['a', 'split', {}, { name: 'A' }],
    ['b', 'split', {}, { name: 'B' }],
  ],
  [
    ['s', 'c'],
    ['c', 'a', 'if'],
    ['a', 'b'],
    ['c', 'b', 'output', 'else'],
  ],
)

function refusal(source: string, target: string, sourceHandle = 'output', instead?: string) {
  return connectionRefusal(graph, { source, target, sourceHandle }, { catalog: testCatalog, instead })
}

it.each([
  ['to itself', 'a', 'a', 'output', 'self'],
  ['into a trigger', 'b', 's', 'output', 'trigger_input'],
  ['from the error handle of a trigger', 's', 'b', 'error', 'no_error_handle'],
  ['that is there already', 'a', 'b', 'output', 'duplicate'],
  ['that is there under another handle name', 'a', 'b', '0', 'duplicate'],
  ['of a branch that is there as a condition', 'c', 'b', 'else', 'duplicate'],
  ['that closes a circle', 'b', 'c', 'output', 'cycle'],
  ['to a block that is gone', 'a', 'z', 'output', 'unknown_block'],
])('refuses a connection %s', (_title, source, target, handle, reason) => {
  expect(refusal(source, target, handle)?.reason).toBe(reason)
})

it.each([
  ['from another branch to the same block', 'c', 'a', 'elif_1'],
  ['from the error handle beside the output', 'a', 'b', 'error'],
  ['that skips a block', 's', 'b', 'output'],
])('allows a connection %s', (_title, source, target, handle) => {
  expect(refusal(source, target, handle)).toBeNull()
})

it('lists exactly the blocks that a connection is not refused to', () => {
  for (const { id: source } of graph.blocks)
    for (const handle of ['output', 'if', 'elif_1', 'else', 'error']) {
      const allowed = graph.blocks.filter(({ id }) => refusal(source, id, handle) === null)
      expect(connectableBlocks(graph, { source, sourceHandle: handle }, testCatalog)).toEqual(allowed)
    }
})

it('names the blocks of the circle it would close', () => {
  expect(refusal('b', 'c')?.message).toBe('This would close a circle: Condition → B → Condition.')
})

it('lets an edge be led back to where it was, and turned round', () => {
  expect(refusal('a', 'b', 'output', 'e2')).toBeNull()
  expect(refusal('b', 'a', 'output', 'e2')).toBeNull()
})
