import { expect, it, vi } from 'vitest'
import { eventStream, type EventFrame } from './sse'
import { toResponse } from './reply'

async function* three(): AsyncGenerator<EventFrame> {
  yield { id: 4, data: { type: 'execution_start' } }
  await Promise.resolve()
  yield { data: { type: 'block_chunk', chunk: 'two\nlines' } }
  yield { id: 5, data: { type: 'done' } }
}

it('writes frames as unnamed data lines, with their id where they have one', async () => {
  const response = toResponse(eventStream(three()))
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-cache')
  expect(response.headers.get('x-accel-buffering')).toBe('no')
  expect(await response.text()).toBe(
    'id: 4\ndata: {"type":"execution_start"}\n\n' +
      'data: {"type":"block_chunk","chunk":"two\\nlines"}\n\n' +
      'id: 5\ndata: {"type":"done"}\n\n',
  )
})

it('sends a comment while nothing happens, and stops iterating when the client leaves', async () => {
  vi.useFakeTimers()
  const left = vi.fn(() => Promise.resolve({ done: true as const, value: undefined }))
  const silent = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined), return: left }) }
  const reader = toResponse(eventStream(silent, 15_000)).body?.getReader()
  const beat = reader?.read()
  await vi.advanceTimersByTimeAsync(15_000)
  expect(new TextDecoder().decode((await beat)?.value)).toBe(': heartbeat\n\n')
  await reader?.cancel()
  expect(left).toHaveBeenCalledOnce()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

it('cuts the stream when iterating fails', async () => {
  const failing = (async function* (): AsyncGenerator<EventFrame> {
    yield { data: await Promise.resolve(1) }
    throw new Error('journal lost')
  })()
  await expect(toResponse(eventStream(failing)).text()).rejects.toThrow()
})
