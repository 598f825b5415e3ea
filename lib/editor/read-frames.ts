import { parsedJson } from './parsed-json'
import type { Json } from '../contract/json'

/** Reads the JSON frames of an event stream as they come, in the bunches the network hands over; ends where the stream
 *  ends. What is no JSON is passed over. Source: WHATWG HTML, "Server-sent events", section 9.2.6. */
export async function* readFrames(body: ReadableStream<Uint8Array>): AsyncGenerator<Json[]> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const frames = (rest + decoder.decode(next.value, { stream: true })).replaceAll('\r\n', '\n').split('\n\n')
      rest = frames.pop() ?? ''
      const values = frames.flatMap((frame) => parsedJson(dataOf(frame)) ?? [])
      if (values.length > 0) yield values
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function dataOf(frame: string): string {
  return frame
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).replace(/^ /, ''))
    .join('\n')
}
