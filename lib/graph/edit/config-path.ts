import { isJsonObject, type Json, type JsonObject } from '../../contract/json'

/** Keys into a config from the outside in; a number is a place in a list. */
export type ConfigPath = readonly (string | number)[]

/** A config with one value changed, or taken away where `value` is undefined; the config itself when that changes
 *  nothing. Keys keep their order, and everything beside the path its identity. */
export function replaceAt(config: JsonObject, path: ConfigPath, value: Json | undefined): JsonObject {
  const next = replaceIn(config, path, value)
  return isJsonObject(next) ? next : config
}

function replaceIn(current: Json | undefined, path: ConfigPath, value: Json | undefined): Json | undefined {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (typeof key === 'number') return replaceItem(Array.isArray(current) ? current : [], key, rest, value)
  const object = isJsonObject(current) ? current : {}
  const before = Object.hasOwn(object, key) ? object[key] : undefined
  const after = replaceIn(before, rest, value)
  if (after === before) return current
  const entries = Object.entries(object)
  // fromEntries defines properties: a key such as `__proto__` stays a key.
  if (after === undefined) return Object.fromEntries(entries.filter(([name]) => name !== key))
  if (before === undefined) return Object.fromEntries([...entries, [key, after]])
  return Object.fromEntries(entries.map(([name, item]) => [name, name === key ? after : item]))
}

function replaceItem(list: Json[], index: number, rest: ConfigPath, value: Json | undefined): Json[] {
  const before = list[index]
  const after = replaceIn(before, rest, value)
  if (after === before) return list
  if (after === undefined) return list.filter((_item, place) => place !== index)
  return index < list.length ? list.map((item, place) => (place === index ? after : item)) : [...list, after]
}
