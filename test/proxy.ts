import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to another server that can be closed and opened again, on one port. */
export interface Proxy {
  port: number
  /** Cuts every connection and refuses new ones. */
  close(): Promise<void>
  open(): Promise<void>
}

/** Passes bytes on to a port of this machine. */
export async function startProxy(toPort: number): Promise<Proxy> {
  const sockets = new Set<Socket>()
  const server = createServer((inner) => {
    const outer = connect(toPort, '127.0.0.1')
    for (const [socket, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  let port = 0
  const proxy: Proxy = {
    get port() {
      return port
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
    async open() {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      // Listening on TCP, so the address is one.
      port = (server.address() as AddressInfo).port
    },
  }
  await proxy.open()
  return proxy
}
