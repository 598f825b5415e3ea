import { readPath } from './references'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import type { Scope } from '../blocks/contract'

/** One entry of a config's `_inputMappings`: which value of which block fills which config field. */
export interface InputMapping {
  sourceId: string
  path: readonly string[]
  targetField: string
  /** Place in the saved list, for messages. */
  position: number
}

/** The config key that holds the mappings. */
export const mappingsField = '_inputMappings'

/** Fields no mapping fills, whatever the block: they bind values instead. */
const neverMapped: readonly string[] = ['code', 'expression', 'branches', mappingsField]

/** Reads a config's `_inputMappings`. Entries that cannot work (wrong types, a field that binds) are left out. */
export function readMappings(config: JsonObject, boundFields: readonly string[]): InputMapping[] {
  const saved = config[mappingsField]
  if (!Array.isArray(saved)) return []
  return saved.flatMap((entry, position) => {
    if (!isJsonObject(entry)) return []
    const { sourceId, outputField, targetField } = entry
    if (typeof sourceId !== 'string' || typeof targetField !== 'string' || targetField === '') return []
    if (neverMapped.includes(targetField) || boundFields.includes(targetField)) return []
    const field = typeof outputField === 'string' && outputField !== '' ? outputField : 'output'
    return [{ sourceId, path: field.split('.'), targetField, position }]
  })
}

/** Fills empty config fields (null, "" or absent) from other blocks' data, after references were resolved. Texts for
 *  the same field are joined by line breaks; otherwise the last one wins. What is missing or null is passed over.
 *  Returns the config itself when nothing was filled. Source: API contract, section 6, "References". */
export function applyMappings(mappings: readonly InputMapping[], config: JsonObject, scope: Scope): JsonObject {
  const filled = new Map<string, Json>()
  for (const { sourceId, path, targetField } of mappings) {
    const own = Object.hasOwn(config, targetField) ? config[targetField] : null
    if (own !== null && own !== '') continue
    const data = scope.block(sourceId)
    if (data === undefined) continue
    const value = readPath(data, path) ?? readPath(data, ['output', ...path])
    if (value === undefined || value === null) continue
    const before = filled.get(targetField)
    filled.set(targetField, typeof before === 'string' && typeof value === 'string' ? `${before}\n${value}` : value)
  }
  return filled.size === 0 ? config : Object.fromEntries([...Object.entries(config), ...filled])
}
