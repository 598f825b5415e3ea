import type { ExecutionEvent } from '../contract/execution'
import { isJsonObject } from '../contract/json'

/** Events that arrived together, and the place in the stream to resume after. */
export interface EventBatch<Event = ExecutionEvent> {
  events: Event[]
  lastEventId: number | null
}

/** Reads the event stream of an execution. See `readEventsOf`. */
export function readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<EventBatch> {
  return readEventsOf<ExecutionEvent>(body, executionEventTypes)
}

/** Reads an event stream as it comes, in the bunches the network hands over, so that a thousand chunks a second cost few
 *  renders. Ends where the stream ends; events of other types than the named ones it passes over.
 *  Source: WHATWG HTML, "Server-sent events", section 9.2.6. */
export async function* readEventsOf<Event extends { type: string }>(
  body: ReadableStream<Uint8Array>,
  types: readonly Event['type'][],
): AsyncGenerator<EventBatch<Event>> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const frames = (rest + decoder.decode(next.value, { stream: true })).replaceAll('\r\n', '\n').split('\n\n')
      rest = frames.pop() ?? ''
      const batch = readFrames<Event>(frames, types)
      if (batch.events.length > 0) yield batch
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function readFrames<Event>(frames: readonly string[], types: readonly string[]): EventBatch<Event> {
  const batch: EventBatch<Event> = { events: [], lastEventId: null }
  for (const frame of frames) {
    const data: string[] = []
    for (const line of frame.split('\n')) {
      if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
      if (line.startsWith('id:')) batch.lastEventId = idOf(line.slice(3)) ?? batch.lastEventId
    }
    const event = readEvent(data.join('\n'), types)
    // Our own server's frames: what the type says is what the contract holds. Other types are a newer server's.
    if (event) batch.events.push(event as Event)
  }
  return batch
}

function idOf(text: string): number | null {
  const id = Number(text.trim())
  return Number.isSafeInteger(id) ? id : null
}

const executionEventTypes: readonly ExecutionEvent['type'][] = [
  'execution_start',
  'block_start',
  'block_chunk',
  'block_step',
  'block_complete',
  'block_error',
  'block_skip',
  'done',
  'error',
]

function readEvent(text: string, types: readonly string[]): unknown {
  if (text === '') return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const isKnown = isJsonObject(value) && typeof value['type'] === 'string' && types.includes(value['type'])
  return isKnown ? value : null
}
