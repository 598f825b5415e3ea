import type { JsonObject } from '../../contract/json'
import type { VisibleBlock } from '../contract'

/** The variables a script sees: every ancestor's data by id and by name, with `-` and blanks as `_`, and `input_data`
 *  with all of it as written. Ids win over names, the first block wins among equals, and an id or name that makes no
 *  identifier is in `input_data` only. Source: API contract, section 9. */
export function bindingsOf(ancestors: readonly VisibleBlock[]): JsonObject {
  const byId = ancestors.map(({ id, data }) => [id, data] as const)
  const named = ancestors.filter(({ name }) => name !== '').map(({ name, data }) => [name, data] as const)
  const asWritten = firstOfEach([...byId, ...named])
  const variables = firstOfEach(
    // An id that is an identifier already wins over one that becomes it.
    [...byId.filter(([id]) => isIdentifier(id)), ...byId, ...named].map(([key, data]) => [identifierOf(key), data]),
  )
  const identifiers = Object.entries(variables).filter(([key]) => isIdentifier(key))
  return Object.fromEntries([...identifiers, ['input_data', asWritten]])
}

function firstOfEach(entries: readonly (readonly [string, JsonObject])[]): JsonObject {
  const first = new Map<string, JsonObject>()
  for (const [key, data] of entries) if (!first.has(key)) first.set(key, data)
  return Object.fromEntries(first)
}

function identifierOf(key: string): string {
  return key.replace(/[-\s]/g, '_')
}

function isIdentifier(key: string): boolean {
  return /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(key)
}
