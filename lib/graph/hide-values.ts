import type { BlockDefinition } from '../blocks/contract'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'

/** Stands where a value is that the reader must not see. */
export const hiddenMark = '[hidden]'

const secretName =
  /(?:^|[^a-z])(?:api[-_ ]?key|apikey|access[-_]?key|token|secret|passw(?:or)?d|passphrase|credentials?|auth(?:orization)?|cookie|signature|private[-_]?key)(?:$|[^a-z])/i
const harmlessHeader =
  /^(?:accept(?:-.*)?|content-(?:type|language|encoding)|user-agent|cache-control|idempotency-key|prefer|range)$/i
/** Nothing but references, behind the word of a scheme or not: what it stands for is not in it. */
const reference = /^\s*(?:(?:bearer|basic|token)\s+)?(?:\{\{[^{}]+\}\}|<[^<>\s][^<>]*>)\s*$/i

// Credentials inside other text: in an address, in JSON or code that is kept as text, and by their well-known looks.
const name = '(?:api[-_]?key|access[-_]?key|token|secret|passw(?:or)?d|signature)'
const inText: readonly RegExp[] = [
  /(?<=\/\/)[^/\s?#@<>{}]+(?=@)/g,
  new RegExp(`(?<=[?&](?:[\\w-]*${name}|key|sig)=)[^&#\\s"'<>{}]+`, 'gi'),
  new RegExp(`(?<=["']?\\b[\\w-]*${name}["']?\\s*[:=]\\s*["'])[^"'<>{}]+(?=["'])`, 'gi'),
  /(?<=\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{8,}/gi,
  /\b(?:sk|pk|rk|ghp|gho|ghs|glpat|xox[abps]|whsec)[-_][A-Za-z0-9_-]{12,}/g,
]

/** A config without what must not leave it: the block's own credentials, values under names that say so, headers that are
 *  not known to be harmless, and credentials inside texts. References stay: what they stand for is not in them.
 *  `values` are the hidden texts. */
export function hideConfig(
  config: JsonObject,
  definition: Pick<BlockDefinition, 'credentialFields'> | undefined,
): { config: JsonObject; values: string[] } {
  const values: string[] = []
  const own = new Set(definition?.credentialFields ?? [])
  const entries = Object.entries(config).map(([key, value]): [string, Json] => [
    key,
    own.has(key) ? hideWhole(value, values) : hide(value, key, values),
  ])
  return { config: Object.fromEntries(entries), values }
}

/** Any value without the credentials in it, by the same rules. */
export function hideValue(value: Json): { value: Json; values: string[] } {
  const values: string[] = []
  return { value: hide(value, '', values), values }
}

/** Puts back into an edited config what was hidden in the one it grew out of: each mark becomes what stands at its place
 *  in `was`. A mark where nothing was hidden stays. */
export function restoreHidden(config: JsonObject, was: JsonObject): JsonObject {
  const restored = restore(config, was, hideConfig(was, undefined).config)
  // An object stays one.
  return restored as JsonObject
}

/** Tells whether a mark is left anywhere. */
export function holdsHidden(value: Json): boolean {
  return JSON.stringify(value).includes(hiddenMark)
}

function hide(value: Json, key: string, values: string[]): Json {
  if (typeof value === 'string') {
    const isSecret = secretName.test(spaced(key)) || key.toLowerCase() === 'headers'
    if (isSecret && !reference.test(value)) return hideWhole(value, values)
    return hideInText(value, values)
  }
  if (Array.isArray(value)) return value.map((item) => hide(item, key, values))
  if (!isJsonObject(value)) return value
  const row = tableRow(value)
  if (row)
    return { ...value, cells: { ...row.cells, Value: hideNamed(row.cells['Value'] ?? '', row.name, key, values) } }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hideNamed(item, name, key, values)]))
}

/** `accessToken` as `access Token`, so that its words are words. */
function spaced(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
}

/** A value under a name, in a list of headers or elsewhere. */
function hideNamed(value: Json, name: string, parent: string, values: string[]): Json {
  const isHeader = parent.toLowerCase() === 'headers' && !harmlessHeader.test(name.trim())
  if (isHeader && typeof value === 'string' && value !== '' && !reference.test(value)) return hideWhole(value, values)
  return hide(value, name, values)
}

function hideWhole(value: Json, values: string[]): Json {
  if (value === null || value === '') return value
  values.push(typeof value === 'string' ? value : JSON.stringify(value))
  return hiddenMark
}

function hideInText(text: string, values: string[]): string {
  return inText.reduce(
    (left, pattern) =>
      left.replace(pattern, (found) => {
        if (found.includes(hiddenMark)) return found
        values.push(found)
        return hiddenMark
      }),
    text,
  )
}

function tableRow(value: JsonObject): { cells: JsonObject; name: string } | null {
  const { cells } = value
  if (cells === undefined || !isJsonObject(cells)) return null
  return typeof cells['Key'] === 'string' ? { cells, name: cells['Key'] } : null
}

function restore(next: Json | undefined, was: Json | undefined, masked: Json | undefined): Json {
  if (typeof next === 'string') return next.includes(hiddenMark) ? restoreText(next, was, masked) : next
  if (Array.isArray(next)) {
    const [old, hidden] = [Array.isArray(was) ? was : [], Array.isArray(masked) ? masked : []]
    return next.map((item, index) => restore(item, old[index], hidden[index]))
  }
  if (next === undefined || !isJsonObject(next)) return next ?? null
  const [old, hidden] = [was && isJsonObject(was) ? was : {}, masked && isJsonObject(masked) ? masked : {}]
  return Object.fromEntries(Object.entries(next).map(([key, item]) => [key, restore(item, old[key], hidden[key])]))
}

function restoreText(next: string, was: Json | undefined, masked: Json | undefined): Json {
  if (masked === hiddenMark && next === hiddenMark && was !== undefined) return was
  if (typeof was !== 'string' || typeof masked !== 'string') return next
  const between = masked.split(hiddenMark).map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
  const pieces = new RegExp(`^${between.join('([\\s\\S]*?)')}$`).exec(was)?.slice(1) ?? []
  let index = 0
  return next.replaceAll(hiddenMark, () => pieces[index++] ?? hiddenMark)
}
