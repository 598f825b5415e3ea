import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { AppError, type ErrorCode } from '@/lib/contract/errors'
import { replyOfFailure } from '@/lib/http/failure'
import { requestIdOf } from '@/lib/http/request-id'

const refused = new WeakSet<Socket>()

/** Answers what the HTTP parser gave up on, in JSON like everything else, and ends the connection. `pending` is the
 *  response in flight on that connection, if any. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket, pending?: ServerResponse): void {
  if (refused.has(socket)) return
  refused.add(socket)
  const isMidAnswer = pending !== undefined && pending.headersSent && !pending.writableFinished
  if (!socket.writable || error.code === 'ECONNRESET' || isMidAnswer) {
    socket.destroy()
    return
  }
  const id = requestIdOf(null)
  const { status, text } = refusalOf(error.code, id)
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(text)}\r\nx-request-id: ${id}\r\nconnection: close\r\n\r\n${text}`,
  )
  // The client may still be sending: what it sends is read and dropped for a moment, for closing at once would reset the
  // connection and take the answer with it.
  setTimeout(() => socket.destroy(), lingerMs).unref()
}

const lingerMs = 2_000

const refusals: Record<string, [ErrorCode, string]> = {
  HPE_HEADER_OVERFLOW: ['HEADERS_TOO_LARGE', 'Request line and headers are larger than 16 KiB'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['PAYLOAD_TOO_LARGE', 'Chunk extensions are larger than 16 KiB'],
  ERR_HTTP_REQUEST_TIMEOUT: ['REQUEST_TIMEOUT', 'The request did not arrive in time'],
}

function refusalOf(code = '', id: string): { status: number; text: string } {
  const [errorCode, message] = refusals[code] ?? ['VALIDATION_ERROR', 'The request is not valid HTTP']
  const { status, body } = replyOfFailure(new AppError(errorCode, message), { id, method: '', path: '' })
  return { status, text: typeof body === 'string' ? body : '' }
}
