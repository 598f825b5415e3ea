import type { Json } from '../contract/json'
import { maxDebugValueChars } from '../limits'

/** A value as a debug record shows it: whole when its JSON is short, else the beginning of that as text. */
export function previewValue(value: Json): Json {
  if (typeof value === 'string') return value.length > maxDebugValueChars ? cut(value) : value
  if (value === null || typeof value !== 'object') return value
  return isSmall(value) ? value : previewText(value)
}

/** The same as text: JSON, or a word on what would be too long. */
export function previewText(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(previewValue(value))
  if (isSmall(value)) return JSON.stringify(value)
  return Array.isArray(value) ? `[list of ${value.length}]` : '{large object}'
}

function cut(text: string): string {
  return `${text.slice(0, maxDebugValueChars)}…`
}

/** Looks at no more of a value than may be shown. */
function isSmall(value: Json): boolean {
  let left = maxDebugValueChars
  const unseen: Json[] = [value]
  for (let next = unseen.pop(); next !== undefined; next = unseen.pop()) {
    if (typeof next === 'string') left -= next.length
    else if (Array.isArray(next)) {
      left -= 2 * next.length
      if (left >= 0) unseen.push(...next)
    } else if (next !== null && typeof next === 'object') {
      for (const key in next) {
        left -= key.length + 4
        if (left < 0) return false
        unseen.push(next[key] ?? null)
      }
    } else left -= 5
    if (left < 0) return false
  }
  return true
}
