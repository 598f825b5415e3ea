import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import type { ServerResponse } from 'node:http'
import type { Reply } from '@/lib/http/reply'

/** Writes a reply to the socket. A streamed body ends when its source does, and the source when the client leaves, or
 *  asked for the headers alone. */
export async function writeReply(reply: Reply, outgoing: ServerResponse): Promise<void> {
  const { status, headers, body } = reply
  if (body instanceof ReadableStream) {
    outgoing.writeHead(status, headers)
    outgoing.flushHeaders()
    if (outgoing.req.method === 'HEAD') {
      outgoing.end()
      await body.cancel()
      return
    }
    // One class under two declarations: the DOM's and Node's.
    const source = Readable.fromWeb(body as NodeReadableStream<Uint8Array>)
    // A client that left, or a source that failed, has cut the connection; there is nobody to tell.
    await pipeline(source, outgoing).catch(() => undefined)
    return
  }
  if (body !== null) headers['content-length'] = String(Buffer.byteLength(body))
  outgoing.writeHead(status, headers)
  outgoing.end(body)
}
