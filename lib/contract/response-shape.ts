import type { BlockData, ResponseShape } from './execution'
import { isJsonObject } from './json'

/** The status of an answer that chose none. */
export const defaultResponseStatus = 200

/** Reads the HTTP answer that a responding block chose from its data. Never throws: data can come from a pin or an
 *  older version, so what must not go on the wire is left out here too. */
export function readResponse(data: BlockData): ResponseShape {
  const headers = isJsonObject(data['headers']) ? data['headers'] : {}
  const sendable = Object.entries(headers).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && headerProblem(entry[0], entry[1]) === null,
  )
  return {
    status: readStatus(data['status']) ?? defaultResponseStatus,
    headers: Object.fromEntries(sendable),
    raw: data['raw'] === true,
  }
}

/** Reads an HTTP status a graph may answer with, 200..599, as number or text; null for anything else. 1xx are not
 *  final answers. */
export function readStatus(value: unknown): number | null {
  const status = typeof value === 'string' && /^\s*\d{3}\s*$/.test(value) ? Number(value) : value
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599 ? status : null
}

/** Why a graph may not answer with a header, or null when it may. Source: API contract, section 4; RFC 9110,
 *  sections 5.5, 5.6.2 and 7.6.1. */
export function headerProblem(name: string, value: string): string | null {
  if (hopByHop.has(name.toLowerCase())) return 'belongs to the connection, not to the answer'
  if (refused.has(name.toLowerCase())) return 'may not be set by a workflow'
  if (!/^[!#$%&'*+\-.^_`|~0-9a-z]+$/i.test(name)) return 'has a name HTTP does not allow'
  // One byte a character on the wire; line breaks would start a new header.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return 'has a value with line breaks or characters HTTP does not allow'
  return null
}

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Content-Length is the server's to count; cookies would be set for this installation's own origin. */
const refused = new Set(['content-length', 'set-cookie', 'set-cookie2'])
