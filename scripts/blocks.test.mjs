import { expect, it } from 'vitest'
import { blockIndexes } from './blocks.mjs'

it('turns a folder into an import and an entry under its wire type', () => {
  const indexes = blockIndexes(['general-api', 'split'], [])
  expect(indexes['definitions.ts']).toContain("import { generalApi } from './general-api/definition'\n")
  expect(indexes['definitions.ts']).toContain('  general_api: generalApi,\n  split,\n')
  expect(indexes['runners.ts']).toContain("import { run as generalApi } from './general-api/run'\n")
  expect(indexes['runners.ts']).toContain("import 'server-only'\n")
})

it('writes a forms index only when a block draws its own form', () => {
  expect(blockIndexes(['split'], [])['forms.ts']).toBeNull()
  expect(blockIndexes(['split', 'starter'], ['starter'])['forms.ts']).toContain('  starter,\n')
})
