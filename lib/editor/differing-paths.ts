import { isJsonObject, type Json } from '../contract/json'

/** A place where two values differ; undefined where one of them has nothing. */
export interface Difference {
  path: string
  left: Json | undefined
  right: Json | undefined
}

/** The places where two JSON values differ, outermost first, `limit` of them at most. The order of keys is no
 *  difference. */
export function differingPaths(left: Json | undefined, right: Json | undefined, limit: number): Difference[] {
  const found: Difference[] = []
  const walk = (a: Json | undefined, b: Json | undefined, path: string): void => {
    if (found.length >= limit || a === b) return
    const keys = sharedKeys(a, b)
    if (!keys) found.push({ path, left: a, right: b })
    else for (const key of keys) walk(itemAt(a, key), itemAt(b, key), path === '' ? key : `${path}.${key}`)
  }
  walk(left, right, '')
  return found
}

/** The keys of two lists or two objects; null when they are not both the same of these. */
function sharedKeys(a: Json | undefined, b: Json | undefined): string[] | null {
  if (Array.isArray(a) && Array.isArray(b)) return (a.length > b.length ? a : b).map((_item, index) => String(index))
  if (!isJsonObject(a) || !isJsonObject(b)) return null
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
}

function itemAt(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)]
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}
