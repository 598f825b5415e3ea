import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pool } from '../lib/data/database'
import { databaseConnectTimeoutMs } from '../lib/limits'
import { useTestDatabase } from '../test/database'
import { migrate } from './migrate'

const database = useTestDatabase()
let migrationsDir: string

beforeEach(() => {
  migrationsDir = mkdtempSync(join(tmpdir(), 'sluice-migrations-'))
  cpSync('prisma/migrations', migrationsDir, { recursive: true })
})

afterEach(async () => {
  rmSync(migrationsDir, { recursive: true })
  await pool().query(`DELETE FROM _prisma_migrations WHERE migration_name LIKE '9%'; DROP TABLE IF EXISTS extra`)
})

describe('migrate', () => {
  it('does nothing where everything is applied', async () => {
    const before = await rows()
    await migrate(database.url)
    expect(await rows()).toEqual(before)
  })

  it('applies a new migration once, also when processes start at once', async () => {
    add('90000000000000_extra', 'CREATE TABLE extra (id int)')
    await Promise.all([1, 2, 3].map(() => migrate(database.url, { migrationsDir })))
    expect((await rows()).filter((row) => row.migration_name === '90000000000000_extra')).toHaveLength(1)
  })

  it('records what Prisma records: the SHA-256 of the file and one finished step', async () => {
    add('90000000000000_extra', 'CREATE TABLE extra (id int)')
    await migrate(database.url, { migrationsDir })
    expect((await rows()).at(-1)).toMatchObject({
      checksum: 'e07d7de52156c8863bcdb3d59d79872169b08490789c9613614cc95a6308395d',
      applied_steps_count: 1,
      finished_at: expect.any(Date) as Date,
      rolled_back_at: null,
    })
  })

  it('undoes a migration that fails half-way, and says which', async () => {
    add('90000000000000_extra', 'CREATE TABLE extra (id int); SELECT 1 / 0')
    await expect(migrate(database.url, { migrationsDir })).rejects.toThrow(
      'the migration 90000000000000_extra failed and was undone: error: division by zero',
    )
    expect((await pool().query(`SELECT to_regclass('extra') AS extra`)).rows).toEqual([{ extra: null }])
  })

  it('refuses a database of a newer build and names the remedy', async () => {
    add('90000000000000_extra', 'CREATE TABLE extra (id int)')
    await migrate(database.url, { migrationsDir })
    await expect(migrate(database.url)).rejects.toThrow(
      'the database was written by a newer Sluice (it has the migration 90000000000000_extra): update Sluice',
    )
  })

  it('refuses a database made with another text of the same migration', async () => {
    add('90000000000000_extra', 'CREATE TABLE extra (id int)')
    await migrate(database.url, { migrationsDir })
    add('90000000000000_extra', 'CREATE TABLE extra (id bigint)')
    await expect(migrate(database.url, { migrationsDir })).rejects.toThrow('is not the one this database was made with')
  })

  it('waits for a database that takes its time to answer', async () => {
    const { port } = new URL(database.url)
    const slow = createServer((inner) => {
      inner.on('error', () => undefined)
      setTimeout(() => inner.pipe(connect(Number(port), '127.0.0.1')).pipe(inner), databaseConnectTimeoutMs + 500)
    }).listen(0, '127.0.0.1')
    await once(slow, 'listening')
    const url = new URL(database.url)
    // Listening on TCP, so the address is one.
    url.port = String((slow.address() as AddressInfo).port)
    url.search = ''
    await migrate(url.href)
    slow.close()
  })

  it('says which database it cannot reach and what to do, without the password', async () => {
    const refused = migrate('postgresql://sluice:hunter2@127.0.0.1:1/sluice')
    await expect(refused).rejects.toThrow(/cannot connect to the database at 127\.0\.0\.1:1\/sluice \(.*ECONNREFUSED/)
    await expect(refused).rejects.toThrow('correct DATABASE_URL')
    await expect(refused).rejects.not.toThrow('hunter2')
  })
})

function add(name: string, sql: string): void {
  mkdirSync(join(migrationsDir, name), { recursive: true })
  writeFileSync(join(migrationsDir, name, 'migration.sql'), sql)
}

async function rows(): Promise<Record<string, unknown>[]> {
  const result = await pool().query<Record<string, unknown>>('SELECT * FROM _prisma_migrations ORDER BY migration_name')
  return result.rows
}
