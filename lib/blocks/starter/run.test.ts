import { describe, expect, it } from 'vitest'
import { fakeContext } from '../testing'
import { starter } from './definition'
import { run } from './run'

const start = (config: object, variables = {}) => run(starter.config.parse(config), fakeContext({ variables }))

it('lays the run’s variables over its defaults', () => {
  expect(start({ input: { a: 1, b: 1 } }, { b: 2, c: 3 })).toEqual({ output: { a: 1, b: 2, c: 3 } })
})

it('reads defaults from the JSON text of an object', () => {
  expect(start({ input: '{"a": {"b": [1]}}' })).toEqual({ output: { a: { b: [1] } } })
})

describe('has no defaults', () => {
  it.each([['not JSON'], ['[1]'], ['"text"'], [''], [[1]], [7], [null], ['['.repeat(100_000)]])('in %j', (input) => {
    expect(start({ input }, { a: 1 })).toEqual({ output: { a: 1 } })
  })
})

it('keeps prototype keys out of what it hands on', () => {
  const data = start({ input: '{"__proto__": {"polluted": true}, "a": 1}' })
  expect(data).toEqual({ output: { a: 1 } })
  expect(Object.getPrototypeOf({})).not.toHaveProperty('polluted')
})
