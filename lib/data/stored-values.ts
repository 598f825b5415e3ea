import 'server-only'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { uuidV7 } from './uuid-v7'
import { maxInlineValueBytes } from '../limits'
import type { Json } from '../contract/json'

const compress = promisify(gzip)
const decompress = promisify(gunzip)

/** Characters of a large value that lists and logs still show. */
const previewChars = 1_000

/** A JSON text ready to be written: whole in its row, or a pointer in the row and the text in `large_values`. */
export interface StoredValue {
  /** What the row holds: JSON text, or `@<id>:<bytes>:<preview>`. JSON text never begins with `@`. */
  text: string
  large: { id: string; sizeBytes: number; compressed: Buffer } | null
}

/** Prepares a JSON text for its column. Texts over `maxInlineValueBytes` (UTF-8) are compressed and stored apart. */
export async function storeValue(jsonText: string): Promise<StoredValue> {
  if (jsonText.length <= maxInlineValueBytes / 3) return { text: jsonText, large: null }
  const sizeBytes = Buffer.byteLength(jsonText)
  if (sizeBytes <= maxInlineValueBytes) return { text: jsonText, large: null }
  const id = uuidV7()
  const compressed = await compress(jsonText, { level: 1 })
  return { text: pointer(id, sizeBytes, jsonText.slice(0, previewChars)), large: { id, sizeBytes, compressed } }
}

/** Decompresses what `storeValue` made. Returns the JSON text. */
export async function expandValue(compressed: Uint8Array): Promise<string> {
  return (await decompress(compressed)).toString('utf8')
}

/** Reads the id out of a stored pointer; null when the text is the value itself. */
export function largeValueId(text: string | null): string | null {
  return text?.startsWith('@') ? text.slice(1, 37) : null
}

/** What lists, logs and streams show of a stored text: the value, or for a large one a marker
 *  `{truncated: true, size_bytes, preview, href}` with the address of the rest. */
export function showStored(text: string | null, href: (valueId: string) => string): Json {
  if (text === null) return null
  const id = largeValueId(text)
  // Written by this process from JSON.stringify, so it parses to Json.
  if (!id) return JSON.parse(text) as Json
  const [sizeBytes, preview] = splitOnce(text.slice(38), ':')
  return { truncated: true, size_bytes: Number(sizeBytes), preview, href: href(id) }
}

/** Address of a value that was too large to be shown. */
export function valueHref(workflowId: string, executionId: string): (valueId: string) => string {
  return (valueId) => `/api/workflows/${workflowId}/executions/${executionId}/values/${valueId}`
}

function pointer(id: string, sizeBytes: number, preview: string): string {
  // Cutting may split a surrogate pair, which Postgres would refuse; NUL cannot stand in text either.
  return `@${id}:${sizeBytes}:${preview.toWellFormed().replaceAll('\0', ' ')}`
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return [text.slice(0, at), text.slice(at + 1)]
}
