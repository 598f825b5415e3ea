import type { IncomingMessage } from 'node:http'

/** Where a request came from. Only a proxy on this machine is believed about whom it speaks for: anybody else could
 *  write any address into `x-forwarded-for`. */
export function clientAddress(incoming: IncomingMessage): string | null {
  const peer = incoming.socket.remoteAddress ?? null
  const forwarded = incoming.headers['x-forwarded-for']
  if (forwarded === undefined || !isLoopback(peer)) return peer
  return String(forwarded).split(',').at(-1)?.trim() || peer
}

function isLoopback(address: string | null): boolean {
  return address !== null && /^(?:::1|(?:::ffff:)?127\.)/.test(address)
}
