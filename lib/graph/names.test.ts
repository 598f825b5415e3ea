import { describe, expect, it } from 'vitest'
import { graphOf } from './catalog.fixture'
import { freeName, referenceRoot } from './names'

describe('freeName', () => {
  it.each<[string, string[], string]>([
    ['Condition', [], 'Condition'],
    ['Condition', ['Start'], 'Condition'],
    ['Condition', ['Condition'], 'Condition 2'],
    ['Condition', ['Condition', 'Condition 2', 'Condition 4'], 'Condition 3'],
    ['Condition 2', ['Condition 2'], 'Condition 3'],
    ['HTTP request', ['http-request'], 'HTTP request 2'],
    ['  Padded ', [], 'Padded'],
    ['', ['', 'x'], ''],
    ['2', ['2'], '2 2'],
  ])('for %j beside %j is %j', (wish, taken, name) => {
    expect(freeName(wish, taken)).toBe(name)
  })

  it('stays within the longest name there may be', () => {
    const long = 'n'.repeat(255)
    expect(freeName(long, [long])).toBe(`${'n'.repeat(253)} 2`)
  })
})

describe('referenceRoot', () => {
  const { blocks } = graphOf([
    ['a', 'split', {}, { name: 'Shop' }],
    ['b', 'split', {}, { name: 'Twin' }],
    ['c', 'split', {}, { name: 'Twin' }],
    ['d', 'split', {}, { name: 'Was it <b>?' }],
    ['e', 'split', {}, { name: 'a' }],
    ['f.g', 'split'],
  ])
  it.each([
    ['its name where only it has it', 'a', 'Shop'],
    ['its id where another has the name', 'c', 'c'],
    ['its id where the name cannot be written', 'd', 'd'],
    ['its id where the name is another block’s id', 'e', 'e'],
    ['nothing where neither can be written', 'f.g', null],
  ])('is %s', (_title, id, root) => {
    const block = blocks.find((one) => one.id === id)
    expect(referenceRoot(blocks, block!)).toBe(root)
  })
})
