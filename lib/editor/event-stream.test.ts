import { expect, it } from 'vitest'
import { readEvents, type EventBatch } from './event-stream'

async function read(...pieces: string[]): Promise<EventBatch[]> {
  const bytes = pieces.map((piece) => new TextEncoder().encode(piece))
  return allOf(new Blob(bytes).stream())
}

async function allOf(body: ReadableStream<Uint8Array>): Promise<EventBatch[]> {
  const batches: EventBatch[] = []
  for await (const batch of readEvents(body)) batches.push(batch)
  return batches
}

/** Hands over the bytes one at a time. */
async function readSlowly(text: string): Promise<EventBatch[]> {
  const bytes = [...new TextEncoder().encode(text)]
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const byte = bytes.shift()
      if (byte === undefined) controller.close()
      else controller.enqueue(new Uint8Array([byte]))
    },
  })
  return allOf(body)
}

const chunk = (text: string) =>
  `id: 4\ndata: ${JSON.stringify({ type: 'block_chunk', block_id: 'a', block_type: 'agent', chunk: text })}\n\n`

it('hands over frames that arrived together as one batch, with the place to resume after', async () => {
  const batches = await read(
    'id: 3\ndata: {"type":"execution_start","execution_id":"x"}\n\n',
    ': heartbeat\n\n',
    chunk('Hi'),
  )
  expect(batches.flatMap(({ events }) => events.map(({ type }) => type))).toEqual(['execution_start', 'block_chunk'])
  expect(batches.at(-1)?.lastEventId).toBe(4)
})

it('reads frames that are cut anywhere, inside a character too', async () => {
  const events = (await readSlowly(chunk('Grüße 🎈'))).flatMap((batch) => batch.events)
  expect(events).toEqual([{ type: 'block_chunk', block_id: 'a', block_type: 'agent', chunk: 'Grüße 🎈' }])
})

it.each([
  ['an unfinished frame', 'data: {"type":"done"'],
  ['no JSON', 'data: {\n\n'],
  ['a type of a newer server', 'data: {"type":"block_dance"}\n\n'],
  ['a comment', ': hello\n\n'],
])('passes over %s', async (_title, text) => {
  expect(await read(text)).toEqual([])
})
