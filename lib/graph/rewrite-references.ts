import { mappingsField } from './input-mappings'
import { referenceAt } from './references'
import type { BlockDefinition } from '../blocks/contract'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'

const root = /^[\p{L}\p{M}\p{N}_\- ]+$/u

/** Tells whether a block can be referred to by that text, `<text.output>`. */
export function isReferable(text: string): boolean {
  return root.test(text)
}

/** Gives other words to the blocks a config refers to, in templates, expressions and input mappings alike. `rename`
 *  gets an id or name as it is written and returns what to write instead. Code stays as it is. The config itself comes
 *  back when nothing in it changed. */
export function rewriteReferences(
  config: JsonObject,
  definition: Pick<BlockDefinition, 'boundFields' | 'expressionFields'> | undefined,
  rename: (idOrName: string) => string,
): JsonObject {
  const { boundFields = [], expressionFields = [] } = definition ?? {}
  const isText = (key: string) => !boundFields.includes(key) || expressionFields.includes(key)
  return mapFields(config, (value, key) => {
    if (key === mappingsField) return renameMappings(value, rename)
    return isText(key) ? rewriteIn(value, rename) : value
  })
}

function rewriteIn(value: Json, rename: (idOrName: string) => string): Json {
  if (typeof value === 'string') return rewriteText(value, rename)
  if (Array.isArray(value)) return mapItems(value, (item) => rewriteIn(item, rename))
  if (isJsonObject(value)) return mapFields(value, (item) => rewriteIn(item, rename))
  return value
}

function rewriteText(text: string, rename: (idOrName: string) => string): string {
  let result = ''
  let end = 0
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    const written = referenceAt(text, at)
    if (written?.reference.kind !== 'block') continue
    const { block, path } = written.reference
    const next = rename(block)
    if (next === block) continue
    result += `${text.slice(end, at)}<${next}.${path.join('.')}>`
    end = at + written.text.length
  }
  return end === 0 ? text : result + text.slice(end)
}

function renameMappings(mappings: Json, rename: (idOrName: string) => string): Json {
  if (!Array.isArray(mappings)) return mappings
  return mapItems(mappings, (mapping) =>
    isJsonObject(mapping)
      ? mapFields(mapping, (value, key) => (key === 'sourceId' && typeof value === 'string' ? rename(value) : value))
      : mapping,
  )
}

function mapItems(items: Json[], change: (item: Json) => Json): Json[] {
  const changed = items.map(change)
  return changed.every((item, index) => item === items[index]) ? items : changed
}

function mapFields(object: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  const entries = Object.entries(object)
  const changed = entries.map(([key, value]) => [key, change(value, key)] as const)
  return changed.every(([, value], index) => value === entries[index]?.[1]) ? object : Object.fromEntries(changed)
}
