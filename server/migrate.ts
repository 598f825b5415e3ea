import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { databaseFirstConnectTimeoutMs, postgresRestartDelayMs, postgresTakeOverTimeoutMs } from '../lib/limits'
import { StartError } from './start-error'

interface Migration {
  name: string
  sql: string
  checksum: string
}

/** Brings the database at `url` to this build's schema: applies what is missing of `prisma/migrations`, each in one
 *  transaction, and records it as Prisma's own tools do. Processes that start at once wait for each other.
 *  @throws StartError when the database cannot be reached, is of a newer build, or holds a half-applied or since
 *  changed migration. */
export async function migrate(url: string, options: { migrationsDir?: string } = {}): Promise<void> {
  const migrations = readMigrations(options.migrationsDir ?? resolve('prisma/migrations'))
  const client = await connect(url)
  try {
    // Prisma's lock: its tools wait for us and we for them. Released with the connection.
    await client.query('SELECT pg_advisory_lock($1)', [prismaLockId])
    await client.query(createTableSql)
    const applied = await readApplied(client)
    requireKnown(applied, migrations)
    for (const migration of migrations) {
      if (!applied.has(migration.name)) await apply(client, migration)
    }
  } finally {
    await client.end()
  }
}

const prismaLockId = 72_707_369

const createTableSql = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/** A database that says it is starting up is waited for: it is there, and recovers from a crash. */
async function connect(url: string): Promise<pg.Client> {
  const deadline = Date.now() + postgresTakeOverTimeoutMs
  for (;;) {
    const client = await connectOnce(url).catch((error: unknown) => {
      if (isStartingUp(error) && Date.now() < deadline) return null
      throw error
    })
    if (client) return client
    await delay(postgresRestartDelayMs)
  }
}

/** Source: PostgreSQL, "Error Codes", cannot_connect_now. */
function isStartingUp(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : null
  return cause instanceof Error && 'code' in cause && cause.code === '57P03'
}

async function connectOnce(url: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: databaseFirstConnectTimeoutMs })
    // A connection that breaks between two queries is reported by the next one.
    client.on('error', () => undefined)
    await client.connect()
    return client
  } catch (cause) {
    const reason = cause instanceof AggregateError ? String(cause.errors[0]) : String(cause)
    const remedy = 'start that PostgreSQL, correct DATABASE_URL, or unset it to use the embedded database'
    throw new StartError(`cannot connect to the database at ${withoutPassword(url)} (${reason}): ${remedy}`, { cause })
  }
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL'
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

interface Applied {
  checksum: string
  isFinished: boolean
}

async function readApplied(client: pg.Client): Promise<Map<string, Applied>> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
  )
  return new Map(rows.map((row) => [row.name, { checksum: row.checksum, isFinished: row.finished }]))
}

function requireKnown(applied: Map<string, Applied>, migrations: Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const [name, { checksum, isFinished }] of applied) {
    const migration = known.get(name)
    if (!migration) {
      const remedy = 'update Sluice, or restore a backup made by this version'
      throw new StartError(`the database was written by a newer Sluice (it has the migration ${name}): ${remedy}`)
    }
    if (!isFinished) {
      throw new StartError(`the migration ${name} was begun by another tool and not finished: restore a backup`)
    }
    if (migration.checksum !== checksum) {
      const remedy = 'take the build that wrote this database, or start with an empty data folder or database'
      throw new StartError(`the migration ${name} is not the one this database was made with: ${remedy}`)
    }
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(migration.sql)
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw new StartError(`the migration ${migration.name} failed and was undone: ${String(cause)}`, { cause })
  }
}
