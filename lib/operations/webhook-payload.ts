import 'server-only'
import { AppError } from '../contract/errors'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import { parseJson } from '../contract/parse-json'

/** Headers that carry credentials, or the road the call took: not for the graph to see. */
const hiddenHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'apikey', 'x-api-key'])

/** Turns the body of a webhook call into the run's input variables. A JSON object is taken as it is, a form gives its
 *  fields, nothing gives `{}`, and anything else arrives as `{body: <value>}`: other JSON as its value, text as text,
 *  bytes that are not UTF-8 as base64 with `encoding: "base64"` beside it. Without a content type, text that parses as
 *  JSON is JSON. @throws VALIDATION_ERROR, UNSUPPORTED_MEDIA_TYPE. */
export function readWebhookPayload(bytes: Uint8Array, headers: Headers): JsonObject {
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? ''
  if (encoding !== '' && encoding !== 'identity')
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', `Content-Encoding ${encoding} is not accepted: send the body as it is`)
  if (bytes.length === 0) return {}
  const type = mediaType(headers)
  const text = decodeUtf8(bytes)
  if (isJsonType(type)) {
    if (text === null) throw new AppError('VALIDATION_ERROR', 'Body is not valid UTF-8')
    return text.trim() === '' ? {} : asObject(parseJson(text))
  }
  if (text === null) return { body: Buffer.from(bytes).toString('base64'), encoding: 'base64' }
  if (type === 'application/x-www-form-urlencoded') return readForm(text)
  return type === '' ? asObject(jsonOrText(text)) : { body: text }
}

/** What a graph may know of the call: method, headers without credentials, query without the token. A header that
 *  holds the token somewhere inside (a referrer, a proxy's original address) is left out as well. */
export function describeRequest(request: { method: string; headers: Headers; url: URL }, token: string): JsonObject {
  const headers: JsonObject = {}
  for (const [name, value] of request.headers)
    if (!hiddenHeaders.has(name) && !holdsToken(value, token)) headers[name] = value
  const query = fieldsOf([...request.url.searchParams].filter(([name]) => name !== 'token'))
  return { method: request.method, headers, query }
}

function holdsToken(value: string, token: string): boolean {
  return token !== '' && (value.includes(token) || value.includes(encodeURIComponent(token)))
}

function mediaType(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

function isJsonType(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json')
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function asObject(value: Json): JsonObject {
  return isJsonObject(value) ? value : { body: value }
}

function jsonOrText(text: string): Json {
  try {
    return parseJson(text)
  } catch {
    return text
  }
}

function readForm(text: string): JsonObject {
  return fieldsOf([...new URLSearchParams(text)])
}

/** A field sent once is a text, one sent again a list of texts. */
function fieldsOf(pairs: [string, string][]): JsonObject {
  const fields = new Map<string, string | string[]>()
  for (const [name, value] of pairs) {
    const before = fields.get(name)
    if (name === '__proto__') continue
    fields.set(name, before === undefined ? value : [before, value].flat())
  }
  return Object.fromEntries(fields)
}
