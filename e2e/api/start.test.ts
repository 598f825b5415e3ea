import { once } from 'node:events'
import { readFileSync, renameSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../test/server'

let server: TestServer
let databaseUrl: string

beforeAll(async () => {
  server = await startServer()
  databaseUrl = embeddedUrl(server.dataDir)
})

afterAll(() => server.stop())

describe('a start that cannot succeed says why in one line, with the remedy', () => {
  it('when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    // True because it listens on TCP.
    const { port } = other.address() as AddressInfo
    await expectRefusal({ PORT: String(port) }, `port ${port} is in use: stop what listens there, or set PORT`)
    other.close()
  })

  it('when the database cannot be reached', async () => {
    const env = { DATABASE_URL: 'postgresql://sluice:hunter2@127.0.0.1:1/sluice' }
    const output = await expectRefusal(env, 'cannot connect to the database at 127.0.0.1:1/sluice')
    expect(output).not.toContain('hunter2')
  })

  it('when another Sluice uses the data folder', async () => {
    await expectRefusal({ SLUICE_DATA_DIR: server.dataDir }, `another Sluice (process ${server.pid}) uses the data in`)
  })

  it('when a setting is wrong', async () => {
    await expectRefusal({ SLUICE_API_KEY: 'short' }, 'SLUICE_API_KEY must be 16 to 256 visible ASCII characters')
  })

  it('when the database was written by a newer Sluice', async () => {
    await query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', '', '99999999999999_later', now())`,
    )
    await expectRefusal(
      { DATABASE_URL: databaseUrl },
      'written by a newer Sluice (it has the migration 99999999999999_later)',
    )
    await query(`DELETE FROM _prisma_migrations WHERE id = 'x'`)
  })

  it('attack 43: when the encryption key is wrong', async () => {
    const env = { DATABASE_URL: databaseUrl, SLUICE_ENCRYPTION_KEY: 'quite another passphrase, long enough' }
    await expectRefusal(env, 'SLUICE_ENCRYPTION_KEY is not the key this database was written with')
  })

  it('attack 43: when the encryption key is lost', async () => {
    await expectRefusal({ DATABASE_URL: databaseUrl }, 'The encryption key is lost')
  })
})

it('what was saved outlives a kill -9, and the data folder may be moved', async () => {
  const first = await startServer()
  const kept = `${first.dataDir}.kept`
  await query(`CREATE TABLE kept AS SELECT 42 AS answer`, embeddedUrl(first.dataDir))
  await first.kill()
  renameSync(first.dataDir, kept)
  const second = await startServer({ dataDir: kept })
  expect(await query('SELECT answer FROM kept', embeddedUrl(kept))).toEqual([{ answer: 42 }])
  expect(await second.stop()).toBe(0)
  rmSync(kept, { recursive: true })
})

async function expectRefusal(env: Record<string, string>, message: string): Promise<string> {
  const start = startServer({ env }).then(async (unexpected) => {
    await unexpected.stop()
    return 'the server started'
  })
  const output = await start.catch(String)
  const lines = output.split('\n').filter((line) => /^sluice: (?!building|installing)/.test(line))
  expect(lines.join('\n')).toContain(message)
  expect(lines).toHaveLength(1)
  expect(output).not.toMatch(/^ +at /m)
  return output
}

function embeddedUrl(dataDir: string): string {
  const password = readFileSync(join(dataDir, 'postgres/password'), 'utf8')
  const port = readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[3]
  return `postgresql://sluice:${password}@127.0.0.1:${port}/sluice`
}

async function query(sql: string, url = databaseUrl): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const result = await client.query<Record<string, unknown>>(sql)
    return result.rows
  } finally {
    await client.end()
  }
}
