import { expect, it } from 'vitest'
import { definitions } from '../blocks/definitions'
import { categories, definitionsByCategory, isFoundBy } from './palette'

it('holds every block type exactly once', () => {
  const shown = categories.flatMap(({ id }) => definitionsByCategory(id).map(({ type }) => type))
  expect(shown.sort()).toEqual(Object.keys(definitions).sort())
})

it('is searched by title, by type and by what a block does, in any letter case', () => {
  const { general_api: request } = definitions
  for (const search of ['http', 'GENERAL_API', 'calls answer', '']) expect(isFoundBy(search, request)).toBe(true)
  expect(isFoundBy('webhook', request)).toBe(false)
})
