import { once } from 'node:events'
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeDatabase, connectDatabase, pool, transaction } from './database'
import { watchDatabase } from './watch-database'
import { databaseFailureOf } from '../database-failure'
import { useTestDatabase } from '../../test/database'

const database = useTestDatabase()

/** Stands between us and the database; frozen, it keeps connections open and passes nothing on. */
class Road {
  readonly #sockets = new Set<Socket>()
  readonly #server: Server
  isFrozen = false

  constructor(target: URL) {
    this.#server = createServer((from) => {
      const to = connect(Number(target.port), target.hostname)
      for (const socket of [from, to]) {
        this.#sockets.add(socket)
        socket.on('error', () => undefined)
        if (this.isFrozen) socket.pause()
      }
      from.on('data', (chunk) => to.write(chunk))
      to.on('data', (chunk) => from.write(chunk))
      from.on('close', () => to.destroy())
      to.on('close', () => from.destroy())
    })
  }
  async open(url: URL): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const road = new URL(url)
    // True of a server that listens on a port.
    road.host = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    // Not over the database's Unix socket.
    road.search = ''
    return road.href
  }
  freeze(isFrozen: boolean): void {
    this.isFrozen = isFrozen
    for (const socket of this.#sockets) socket[isFrozen ? 'pause' : 'resume']()
  }
  close(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }
}

let road: Road
let watch: ReturnType<typeof watchDatabase>
let silences = 0

beforeAll(async () => {
  const url = new URL(database.url)
  road = new Road(url)
  const roadUrl = await road.open(url)
  await closeDatabase()
  connectDatabase(roadUrl)
  watch = watchDatabase(roadUrl, { everyMs: 20, silenceMs: 300, onSilence: () => silences++ })
})
afterAll(async () => {
  await watch.stop()
  await closeDatabase()
  road.close()
})

it('attack 41: a database that is silent fails the queries that wait for it, and is well again afterwards', async () => {
  await pool().query('SELECT 1')
  road.freeze(true)
  const failed = await Promise.all([
    pool()
      .query('SELECT 1')
      .catch((error: unknown) => error),
    transaction((client) => client.query('SELECT 1')).catch((error: unknown) => error),
  ])
  expect(failed.map(databaseFailureOf)).toEqual(['unreachable', 'unreachable'])
  road.freeze(false)
  await expect
    .poll(() =>
      pool()
        .query('SELECT 1')
        .then(
          () => 'well',
          () => 'gone',
        ),
    )
    .toBe('well')
  const before = silences
  await pool().query('SELECT pg_sleep(1)')
  expect(silences).toBe(before)
})
