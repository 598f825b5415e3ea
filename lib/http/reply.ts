import 'server-only'
import type { Answer } from '../contract/endpoint'

/** What a route answers, before it becomes a web `Response` (under Next) or is written to the socket (in `server/`).
 *  Header names are lower case. */
export class Reply {
  constructor(
    readonly status: number,
    readonly headers: Record<string, string>,
    readonly body: string | Uint8Array | ReadableStream<Uint8Array> | null,
  ) {}
}

/** A JSON reply. API answers are never cached nor sniffed. */
export function jsonReply(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return new Reply(status, { ...jsonHeaders, ...headers }, JSON.stringify(value))
}

/** A reply from what an operation returned with its own status or headers. */
export function replyOfAnswer(answer: Answer): Reply {
  const headers = ownHeaders(answer.headers)
  if ('json' in answer.body) return jsonReply(answer.status, answer.body.json ?? null, headers)
  const { bytes } = answer.body
  if (bodilessStatuses.has(answer.status) && bytes.length === 0) return new Reply(answer.status, headers, null)
  const contentType = typeof bytes === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream'
  return new Reply(answer.status, { 'content-type': contentType, ...headers }, bytes)
}

/** The reply as Next wants it. */
export function toResponse(reply: Reply): Response {
  // A Uint8Array of ours is never backed by shared memory, which is all that BodyInit excludes.
  const body = bodilessStatuses.has(reply.status) ? null : (reply.body as BodyInit | null)
  return new Response(body, { status: reply.status, headers: reply.headers })
}

const jsonHeaders = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}
const bodilessStatuses = new Set([204, 205, 304])

// Framing belongs to the server; an answer that set these could desynchronise the connection.
const framingHeaders = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'trailer',
])

function ownHeaders(headers: Record<string, string>): Record<string, string> {
  const own: Record<string, string> = {}
  for (const name of Object.keys(headers)) {
    const lower = name.toLowerCase()
    const value = headers[name]
    if (value !== undefined && !framingHeaders.has(lower)) own[lower] = value
  }
  return own
}
