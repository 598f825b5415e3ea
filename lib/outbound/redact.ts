import 'server-only'
import type { Json } from '../contract/json'

const mark = '[redacted]'

/** Shortest piece of base64 text that is taken for a part of a secret rather than a coincidence. */
const minBase64Chars = 6

/** Makes a function that replaces each of `values` by `[redacted]` in all texts and keys of a JSON value: as it is, and
 *  URL-encoded, JSON-escaped or in base64 (also inside a longer base64 text, as in `Authorization: Basic`). What holds
 *  none of them comes back as the same object. */
export function createRedactor(values: readonly string[]): (value: Json) => Json {
  const secrets = new Set(values.filter((value) => value !== ''))
  if (secrets.size === 0) return (value) => value
  const forms = new Set([...secrets].flatMap(formsOf).filter((form) => form !== ''))
  // Longest first: of two secrets that begin alike, the longer one goes whole.
  const longestFirst = [...forms].sort((a, b) => b.length - a.length)
  const pattern = new RegExp(longestFirst.map(escapePattern).join('|'), 'g')
  const redactText = (text: string) => text.replace(pattern, mark)

  return function redact(value: Json): Json {
    if (typeof value === 'string') return redactText(value)
    if (typeof value === 'number') return secrets.has(String(value)) ? mark : value
    if (Array.isArray(value)) return redactItems(value, redact)
    return value !== null && typeof value === 'object' ? redactFields(value, redactText, redact) : value
  }
}

function redactItems(items: Json[], redact: (value: Json) => Json): Json[] {
  const redacted = items.map((item) => redact(item))
  return redacted.some((item, index) => item !== items[index]) ? redacted : items
}

function redactFields(
  fields: { [key: string]: Json },
  redactText: (text: string) => string,
  redact: (value: Json) => Json,
): Json {
  const entries = Object.entries(fields)
  const redacted = entries.map(([key, item]): [string, Json] => [redactText(key), redact(item)])
  const isChanged = redacted.some(([key, item], index) => key !== entries[index]?.[0] || item !== entries[index][1])
  return isChanged ? Object.fromEntries(redacted) : fields
}

function formsOf(secret: string): string[] {
  // A lone surrogate cannot be encoded; it becomes the replacement character wherever the text leaves the process.
  const text = secret.toWellFormed()
  const percent = encodeURIComponent(text)
  const form = new URLSearchParams([['', text]]).toString().slice(1)
  const escaped = JSON.stringify(secret).slice(1, -1)
  const encoded = [percent, encodeURI(text), form]
  return [
    secret,
    ...encoded,
    ...encoded.map((one) => one.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())),
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    ...base64FormsOf(Buffer.from(text, 'utf8')),
  ]
}

/** The base64 of the bytes alone, and the part of it that stays the same when other bytes stand around them: it depends
 *  on how many come before, modulo three. */
function base64FormsOf(bytes: Buffer): string[] {
  const whole = bytes.toString('base64')
  const inner = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const unsafeEnd = (before + bytes.length) % 3 === 0 ? 0 : 1
    return text.slice(before === 0 ? 0 : before + 1, text.length - unsafeEnd)
  })
  const standard = [whole, whole.replace(/=+$/, ''), ...inner].filter((text) => text.length >= minBase64Chars)
  return [...standard, ...standard.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))]
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
