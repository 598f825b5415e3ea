import { expect, it } from 'vitest'
import { whileAllowed } from './while-allowed'

const bytes = (text: string) => new TextEncoder().encode(text)

/** A stream that says one thing and then waits; `left` tells whether its reader went away. */
function waiting(): { stream: ReadableStream<Uint8Array>; left: () => boolean } {
  let isLeft = false
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes('begun')),
    cancel: () => {
      isLeft = true
    },
  })
  return { stream, left: () => isLeft }
}

it('ends the stream, and what feeds it, once its reader may not read any more', async () => {
  const { stream, left } = waiting()
  let asked = 0
  const text = await new Response(whileAllowed(stream, async () => ++asked < 3, 5)).text()
  expect([text, asked, left()]).toEqual(['begun', 3, true])
})

it('goes on when the question fails', async () => {
  const { stream, left } = waiting()
  let asked = 0
  const ask = async () => {
    if (++asked === 1) throw new Error('the database is away')
    return asked < 4
  }
  expect(await new Response(whileAllowed(stream, ask, 5)).text()).toBe('begun')
  expect([asked, left()]).toEqual([4, true])
})

it('hands everything on, failures too, and asks no more once it is over', async () => {
  let asked = 0
  const ask = async () => ++asked > 0
  expect(await new Response(whileAllowed(new Blob(['a', 'b']).stream(), ask, 60_000)).text()).toBe('ab')
  const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('cut')) })
  await expect(new Response(whileAllowed(broken, ask, 60_000)).text()).rejects.toThrow('cut')
  expect(asked).toBe(0)
})
