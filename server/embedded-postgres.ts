import 'server-only'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { clusterUser, prepareCluster } from './postgres-cluster'
import { PostgresServer } from './postgres-server'
import { clearPostmaster } from './postmaster'

/** A running embedded database. */
export interface EmbeddedPostgres {
  url: string
  /** Ends its connections and stops it. */
  stop(): Promise<void>
}

interface Options {
  /** Whether a root process may use a user namespace; tests turn it off to take the other way. */
  namespaces?: boolean
  /** Server settings over ours. */
  settings?: Record<string, string>
}

const databaseName = 'sluice'

/** Starts the Postgres that keeps its data in `<dataDir>/postgres`, creating it at first. It listens on 127.0.0.1 alone
 *  and on a Unix socket beside its data, with a password, on a port that is free now. Should it end by itself, it is started again on the same port. It ends
 *  with this process, or is stopped by the next start when this process is killed.
 *  @throws StartError with a remedy when the folder cannot be used. */
export async function startEmbeddedPostgres(dataDir: string, options: Options = {}): Promise<EmbeddedPostgres> {
  const cluster = prepareCluster(resolve(dataDir), options)
  const ownerFile = join(cluster.homeDir, 'owner')
  await clearPostmaster(cluster.dataDir, existsSync(ownerFile) ? Number(readFileSync(ownerFile, 'utf8')) : null)
  writeFileSync(ownerFile, String(process.pid))
  removeOldSockets(cluster.homeDir)
  const server = new PostgresServer(cluster, await freePort(), options.settings ?? {})
  await server.start()
  const socket = server.socketDir === null ? '' : `?host=${encodeURIComponent(server.socketDir)}`
  const url = (database: string) =>
    `postgresql://${clusterUser}:${cluster.password}@127.0.0.1:${server.port}/${database}${socket}`
  await createDatabase(url('postgres'))
  return {
    url: url(databaseName),
    async stop() {
      await server.stop()
      rmSync(ownerFile, { force: true })
    },
  }
}

/** Each killed server left one. */
function removeOldSockets(homeDir: string): void {
  const old = readdirSync(homeDir).filter((name) => name.startsWith('.s.PGSQL.'))
  for (const name of old) rmSync(join(homeDir, name), { force: true })
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('a TCP server without a port')
  return address.port
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName])
    if (rowCount === 0) await client.query(`CREATE DATABASE "${databaseName}"`)
  } finally {
    await client.end()
  }
}
