import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createModelFetch } from './model-fetch'
import { createGuardedStream } from '../outbound/guarded-stream'

let peer: Server | undefined
afterEach(() => peer?.close())

/** A peer that answers 503 and counts its calls. */
async function busyPeer(): Promise<{ url: string; calls: () => number }> {
  let calls = 0
  peer = createServer((_request, response) => {
    calls++
    response.writeHead(503).end('busy')
  }).listen(0, '127.0.0.1')
  await once(peer, 'listening')
  // Listening on TCP, so the address is one.
  return { url: `http://127.0.0.1:${(peer.address() as AddressInfo).port}/`, calls: () => calls }
}

const stream = createGuardedStream({ allowPrivateHosts: ['127.0.0.1'] })
const options = { stream, timeoutMs: 5_000, wait: () => Promise.resolve() }

it('a model that is busy is asked again', async () => {
  const { url, calls } = await busyPeer()
  expect((await createModelFetch(options)(url)).status).toBe(503)
  expect(calls()).toBeGreaterThan(1)
})

it('a call that must not happen twice is made once', async () => {
  const { url, calls } = await busyPeer()
  expect((await createModelFetch({ ...options, maxRetries: 0 })(url, { method: 'POST', body: '{}' })).status).toBe(503)
  expect(calls()).toBe(1)
})
