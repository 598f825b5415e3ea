import { describe, expect, it } from 'vitest'
import { catalog } from '../blocks/catalog'
import { graphOf } from '../graph/catalog.fixture'
import { matchingChoices, referenceChoices } from './reference-choices'

const graph = graphOf(
  [
    ['s', 'starter', {}, { name: 'Start' }],
    ['c', 'code', {}, { name: 'Add up' }],
    ['r', 'response', {}, { name: 'Answer' }],
    ['x', 'code', {}, { name: 'Elsewhere' }],
  ],
  [
    ['s', 'c'],
    ['c', 'r'],
  ],
)
const nothing = { catalog, lastData: new Map(), variables: {} }
const textsOf = (choices: readonly { text: string }[]) => choices.map(({ text }) => text)

describe('referenceChoices', () => {
  it('offers the outputs of the blocks before it, the nearest first, and of no other block', () => {
    const texts = textsOf(referenceChoices(graph, 'r', nothing))
    expect(texts).toEqual(['<Add up.output>', '<Add up.logs>', '<Start.output>'])
  })

  it('offers the keys of the last data, with their values', () => {
    const lastData = new Map([['s', { output: { name: 'Ada', 'not.a key': 1 } }]])
    const choices = referenceChoices(graph, 'c', { ...nothing, lastData })
    expect(choices).toMatchObject([
      { text: '<Start.output>', preview: '{"name":"Ada","not.a key":1}' },
      { text: '<Start.output.name>', preview: '"Ada"', source: 'Start' },
    ])
  })

  it('offers the workflow’s variables', () => {
    const choices = referenceChoices(graph, 's', { ...nothing, variables: { limit: 5 } })
    expect(choices).toMatchObject([{ text: '{{variables.limit}}', preview: '5', source: 'Variables' }])
  })

  it('writes the id where two blocks have the same name', () => {
    const twins = { ...graph, blocks: graph.blocks.map((block) => ({ ...block, name: 'Same' })) }
    expect(textsOf(referenceChoices(twins, 'c', nothing))).toEqual(['<s.output>'])
  })

  it('finds a choice by any part of what it says', () => {
    const choices = referenceChoices(graph, 'r', nothing)
    expect(textsOf(matchingChoices(choices, 'Start.o'))).toEqual(['<Start.output>'])
    expect(textsOf(matchingChoices(choices, 'printed'))).toEqual(['<Add up.logs>'])
  })
})
