import { describe, expect, it } from 'vitest'
import { catalog } from '../blocks/catalog'
import { graphOf } from '../graph/catalog.fixture'
import { defaultInputs, readInputs } from './run-inputs'

describe('defaultInputs', () => {
  it('offers the defaults of every enabled starter, an object or the JSON text of one', () => {
    const graph = graphOf([
      ['a', 'starter', { input: { name: 'Ada', age: 36 } }],
      ['b', 'starter', { input: '{"city": "London"}' }],
      ['c', 'starter', { input: { hidden: true } }, { enabled: false }],
      ['d', 'response', { input: { other: 1 } }],
    ])
    expect(defaultInputs(graph, catalog, {})).toEqual({ name: 'Ada', age: 36, city: 'London' })
  })

  it('lays the workflow’s variables over them, as the run does', () => {
    const graph = graphOf([['a', 'starter', { input: { name: 'Ada' } }]])
    expect(defaultInputs(graph, catalog, { name: 'Grace' })).toEqual({ name: 'Grace' })
  })
})

describe('readInputs', () => {
  it('reads an object and takes blank text as no input', () => {
    expect(readInputs('{"a": 1}')).toEqual({ inputs: { a: 1 } })
    expect(readInputs('  ')).toEqual({ inputs: {} })
  })

  it('says what is wrong with anything else', () => {
    expect(readInputs('[1]')).toMatchObject({ problem: expect.stringContaining('JSON object') as string })
    expect(readInputs('{"a": }')).toMatchObject({ problem: expect.stringContaining('not JSON') as string })
  })
})
