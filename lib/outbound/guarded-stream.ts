import 'server-only'
import type { Dispatcher } from 'undici'
import { BlockError, type OutboundRequest } from '../blocks/contract'
import { maxOutboundResponseBytes } from '../limits'
import { createGuardedAgent, firstHop, followHops, joinHeaders, type GuardOptions } from './follow-hops'
import { withinTime } from './within-time'

/** An answer whose body is still arriving. */
export interface StreamedResponse {
  status: number
  /** Lower-case names; several values joined with ", ". */
  headers: Record<string, string>
  /** Errors with a BlockError when a piece is late, the sender breaks off, or it grows too large. Cancelling it closes
   *  the connection. */
  body: ReadableStream<Uint8Array>
}

/** A guarded call that hands its answer on as it arrives. */
export type GuardedStream = (request: OutboundRequest) => Promise<StreamedResponse>

/** The guarded door for answers that arrive bit by bit (server-sent events): the same checks as `createGuardedFetch`.
 *  `timeoutMs` bounds each wait: for the head of the answer, and for every piece of its body. The request's signal ends
 *  the connection at any time. */
export function createGuardedStream(options: GuardOptions): GuardedStream {
  const agent = createGuardedAgent(options)
  return async (request) => {
    const first = firstHop(request)
    // Pieces are handed on as they come, so none may be packed.
    first.headers['accept-encoding'] = 'identity'
    const connection = new AbortController()
    const { response } = await withinTime(request, first.url.host, (late) => {
      late.addEventListener('abort', () => connection.abort(late.reason), { once: true })
      return followHops(agent, first, connection.signal)
    })
    return {
      status: response.statusCode,
      headers: joinHeaders(response.headers),
      body: pieces(response.body, request, { host: first.url.host, connection }),
    }
  }
}

/** Reads piece by piece, only as fast as it is asked. */
function pieces(
  body: Dispatcher.ResponseData['body'],
  request: OutboundRequest,
  { host, connection }: { host: string; connection: AbortController },
): ReadableStream<Uint8Array> {
  const iterator: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]()
  let size = 0
  // Heard where it is read; between two reads an abort would otherwise end the process.
  body.on('error', () => undefined)
  // A body nobody reads any more still ends with the execution.
  const onAbort = () => connection.abort(request.signal.reason)
  request.signal.addEventListener('abort', onAbort, { once: true })
  const end = () => request.signal.removeEventListener('abort', onAbort)
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await withinTime(request, host, (late) => nextPiece(iterator, late))
        if (next.done) {
          end()
          return controller.close()
        }
        size += next.value.byteLength
        if (size > maxOutboundResponseBytes) throw new BlockError(tooLarge)
        controller.enqueue(new Uint8Array(next.value))
      } catch (error) {
        end()
        connection.abort(error)
        controller.error(error)
      }
    },
    cancel(reason) {
      end()
      connection.abort(reason)
    },
  })
}

const tooLarge = `The answer is larger than ${maxOutboundResponseBytes / (1024 * 1024)} MiB`

/** The next piece, or the reason why it is not waited for any longer. */
function nextPiece(iterator: AsyncIterator<Uint8Array>, late: AbortSignal): Promise<IteratorResult<Uint8Array>> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(late.reason instanceof Error ? late.reason : new BlockError('stopped'))
    late.addEventListener('abort', onAbort, { once: true })
    iterator
      .next()
      .then(resolve, reject)
      .finally(() => late.removeEventListener('abort', onAbort))
  })
}
