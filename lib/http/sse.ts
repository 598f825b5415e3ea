import 'server-only'
import { eventHeartbeatMs } from '../limits'
import { Reply } from './reply'

/** One frame: its payload, and the number a client resumes after (`Last-Event-ID`), when there is one. */
export interface EventFrame {
  id?: number
  data: unknown
}

/** Streams frames as `text/event-stream`: unnamed `data:` frames, `id:` where given, a comment every 15 s so that
 *  proxies keep the line open. A client that leaves ends the iteration (`return` is called). A failing iteration cuts
 *  the stream: the response has begun, so nothing else can be said. Source: API contract, section 8; WHATWG HTML,
 *  "Server-sent events". */
export function eventStream(frames: AsyncIterable<EventFrame>, heartbeatMs: number = eventHeartbeatMs): Reply {
  const iterator = frames[Symbol.asyncIterator]()
  let heartbeat: NodeJS.Timeout | undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(': heartbeat\n\n')), heartbeatMs)
    },
    async pull(controller) {
      try {
        const next = await iterator.next()
        if (!next.done) return controller.enqueue(encoder.encode(textOf(next.value)))
        clearInterval(heartbeat)
        controller.close()
      } catch (error) {
        clearInterval(heartbeat)
        controller.error(error)
      }
    },
    cancel() {
      clearInterval(heartbeat)
      // Not awaited: a generator that is waiting for its next frame returns only after it.
      iterator.return?.().catch(() => undefined)
    },
  })
  return new Reply(200, { ...eventStreamHeaders }, body)
}

/** What every event stream is sent with. */
export const eventStreamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
}

const encoder = new TextEncoder()

/** JSON holds no line break, so one `data:` line is enough. */
function textOf(frame: EventFrame): string {
  const id = frame.id === undefined ? '' : `id: ${frame.id}\n`
  return `${id}data: ${JSON.stringify(frame.data)}\n\n`
}
