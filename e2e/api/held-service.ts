import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A service that answers nothing by itself: a call of a block lasts until the test ends it. */
export interface HeldService {
  /** A graph that calls it once and answers with what it said. */
  graph: { blocks: object[]; edges: object[] }
  /** The next call, to be answered. */
  nextCall(): Promise<ServerResponse>
  close(): void
}

export async function startHeldService(): Promise<HeldService> {
  const service = createServer().listen(0, '127.0.0.1')
  await once(service, 'listening')
  // Listening on TCP, so the address is one.
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/`
  return {
    graph: {
      blocks: [
        { id: 's', type: 'starter' },
        { id: 'call', type: 'general_api', config: { url } },
        { id: 'r', type: 'response', config: { output: '<call.output>' } },
      ],
      edges: [
        { source: 's', target: 'call' },
        { source: 'call', target: 'r' },
      ],
    },
    async nextCall() {
      // The arguments of Node's event.
      const [, response] = (await once(service, 'request')) as [IncomingMessage, ServerResponse]
      return response
    },
    close() {
      service.closeAllConnections()
      service.close()
    },
  }
}
