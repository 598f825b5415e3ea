import { parsedJson } from './parsed-json'
import type { Json } from '../contract/json'

/** What one frame of an event stream says, and its place in the stream where it tells one. */
export interface Frame {
  value: Json
  id: number | null
}

/** Reads the JSON frames of an event stream as they come, in the bunches the network hands over, so that a thousand chunks
 *  a second cost few renders. Ends where the stream ends. What is no JSON is passed over.
 *  Source: WHATWG HTML, "Server-sent events", section 9.2.6. */
export async function* readFrames(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame[]> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const texts = (rest + decoder.decode(next.value, { stream: true })).replaceAll('\r\n', '\n').split('\n\n')
      rest = texts.pop() ?? ''
      const frames = texts.flatMap(frameOf)
      if (frames.length > 0) yield frames
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function frameOf(text: string): Frame[] {
  const lines = text.split('\n')
  const field = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ''))
  const value = parsedJson(field('data').join('\n'))
  return value === undefined ? [] : [{ value, id: idOf(field('id').at(-1)) }]
}

function idOf(text: string | undefined): number | null {
  const id = Number(text?.trim())
  return Number.isSafeInteger(id) ? id : null
}
