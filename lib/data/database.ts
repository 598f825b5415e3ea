import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client'
import { databaseConnectTimeoutMs } from '../limits'

interface Database {
  pool: pg.Pool
  /** Connections that somebody works on. */
  busy: Set<pg.PoolClient>
  prisma: PrismaClient
}

// On globalThis because the process holds this module twice: in Next's bundle and in the server's. One pool for both.
const holder = globalThis as typeof globalThis & { sluiceDatabase?: Database | undefined }

/** Opens the process's connection pool. Calling it again replaces a closed one. Nothing connects until first use. */
export function connectDatabase(url: string, options: { maxConnections?: number } = {}): void {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 20,
    connectionTimeoutMillis: databaseConnectTimeoutMs,
    application_name: 'sluice',
    // Statements of the hot path are planned once, when the tables may still be empty, and an empty table is cheapest
    // read whole. Every one of them has its index, so that is taken from the start.
    options: '-c enable_seqscan=off',
  })
  // An idle connection that breaks is replaced on next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  const busy = new Set<pg.PoolClient>()
  pool.on('acquire', (client) => busy.add(client))
  pool.on('release', (_error, client) => busy.delete(client))
  holder.sluiceDatabase = { pool, busy, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) }
}

/** Closes the pool after its queries have ended. */
export async function closeDatabase(): Promise<void> {
  const database = holder.sluiceDatabase
  holder.sluiceDatabase = undefined
  await database?.prisma.$disconnect()
  if (database && !database.pool.ended) await database.pool.end()
}

/** Cuts the connections that somebody works on: their queries fail at once instead of waiting for a database that is
 *  silent. The next query opens new ones. */
export function cutBusyConnections(): void {
  for (const client of holder.sluiceDatabase?.busy ?? []) {
    // The pool makes its clients of pg.Client; only the type of what it hands out hides `end`.
    void (client as unknown as pg.Client).end().catch(() => undefined)
  }
}

/** The ORM, for everything that is not on the hot path. */
export function prisma(): PrismaClient {
  return opened().prisma
}

/** The pool's connections, and the queries that wait for one. */
export function poolState(): { total: number; idle: number; waiting: number } {
  const { totalCount, idleCount, waitingCount } = pool()
  return { total: totalCount, idle: idleCount, waiting: waitingCount }
}

/** The pool, for the hot path's own SQL. */
export function pool(): pg.Pool {
  return opened().pool
}

/** Runs `work` in one transaction on one connection. Rolls back when it throws. */
export async function transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  let broken = false
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}

function opened(): Database {
  if (!holder.sluiceDatabase) throw new Error('connectDatabase has not been called')
  return holder.sluiceDatabase
}
