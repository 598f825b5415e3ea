import { expect, it } from 'vitest'
import { fakeContext, ranBlock } from '../testing'
import { split } from './definition'
import { run } from './run'

const upstream = [ranBlock('a', { output: { v: 1 } }), ranBlock('b', { output: null, error: 'x' })]

it('hands on its input, an empty or null one too', () => {
  for (const input of ['A', '', null, 0, [1]])
    expect(run(split.config.parse({ input }), fakeContext({ upstream }))).toEqual({ output: input })
})

it('hands on the output before it when it has no input; of several, by block id', () => {
  const config = split.config.parse({})
  expect(run(config, fakeContext())).toEqual({ output: null })
  expect(run(config, fakeContext({ upstream: upstream.slice(0, 1) }))).toEqual({ output: { v: 1 } })
  expect(run(config, fakeContext({ upstream }))).toEqual({ output: { a: { v: 1 }, b: null } })
})
