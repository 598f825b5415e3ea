import 'server-only'
import type { Json } from '../contract/json'

/** Estimates the length of a value's JSON text without building it, and stops once it is over `limit` (characters).
 *  A value that refers to one large value many times is small in memory and huge as text: building that text would
 *  take the process down. Escapes are not counted, so a text may come out up to six times longer. */
export function isJsonLongerThan(value: Json, limit: number): boolean {
  let length = 0
  const open: Json[] = [value]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    length += 2
    if (typeof next === 'string') length += next.length
    else if (Array.isArray(next)) {
      length += next.length
      if (length + next.length > limit) return true
      for (const item of next) open.push(item)
    } else if (typeof next === 'object' && next !== null) {
      for (const key in next) {
        length += key.length + 4
        const item = next[key]
        if (item !== undefined) open.push(item)
      }
    } else length += 3
    if (length > limit) return true
  }
  return false
}
