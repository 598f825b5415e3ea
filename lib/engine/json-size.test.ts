import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isJsonLongerThan } from './json-size'
import type { Json } from '../contract/json'

it('never calls a text short that is far longer than the limit', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // fast-check's JSON values are JSON.
      const json = value as Json
      const length = JSON.stringify(json).length
      expect(isJsonLongerThan(json, length * 4 + 16)).toBe(false)
      expect(isJsonLongerThan(json, Math.floor(length / 12) - 1)).toBe(true)
    }),
  )
})

it('stops early at a value that refers to a large one a million times', () => {
  const large = 'x'.repeat(1_000_000)
  const many: Json = Array.from({ length: 1_000 }, () => Array.from({ length: 1_000 }, () => large))
  expect(isJsonLongerThan(many, 1_000_000_000)).toBe(true)
})
