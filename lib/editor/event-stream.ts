import type { ExecutionEvent } from '../contract/execution'
import { isJsonObject, type Json } from '../contract/json'
import { readFrames } from './read-frames'

/** Events that arrived together, and the place in the stream to resume after. */
export interface EventBatch<Event = ExecutionEvent> {
  events: Event[]
  lastEventId: number | null
}

/** Reads the event stream of an execution. See `readEventsOf`. */
export function readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<EventBatch> {
  return readEventsOf<ExecutionEvent>(body, executionEventTypes)
}

/** Reads an event stream as it comes. See `readFrames`. Events of other types than the named ones it passes over: they are
 *  a newer server's. */
export async function* readEventsOf<Event extends { type: string }>(
  body: ReadableStream<Uint8Array>,
  types: readonly Event['type'][],
): AsyncGenerator<EventBatch<Event>> {
  for await (const frames of readFrames(body)) {
    const known = frames.filter(({ value }) => isOfType(value, types))
    // Our own server's frames: what the type says is what the contract holds.
    const events = known.map(({ value }) => value as unknown as Event)
    if (events.length > 0) yield { events, lastEventId: frames.findLast(({ id }) => id !== null)?.id ?? null }
  }
}

function isOfType(value: Json, types: readonly string[]): boolean {
  return isJsonObject(value) && typeof value['type'] === 'string' && types.includes(value['type'])
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
