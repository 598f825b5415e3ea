import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { clientAddress } from './client-address'

it.each([
  ['203.0.113.5', undefined, '203.0.113.5'],
  ['203.0.113.5', '10.0.0.1', '203.0.113.5'],
  ['127.0.0.1', undefined, '127.0.0.1'],
  ['127.0.0.1', 'spoofed, 198.51.100.7', '198.51.100.7'],
  ['::ffff:127.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['::1', '', '::1'],
])('a call from %s that forwards for %s is from %s', (peer, forwarded, address) => {
  const incoming = new IncomingMessage(Object.defineProperty(new Socket(), 'remoteAddress', { value: peer }))
  if (forwarded !== undefined) incoming.headers['x-forwarded-for'] = forwarded
  expect(clientAddress(incoming)).toBe(address)
})
