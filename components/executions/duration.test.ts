import { expect, it } from 'vitest'
import { sayDuration } from './duration'

it.each([
  [0, '0 ms'],
  [12.4, '12 ms'],
  [1_500, '1.5 s'],
  [125_000, '2 min 5 s'],
])('%d milliseconds read as %s', (ms, words) => {
  expect(sayDuration(ms)).toBe(words)
})
