import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { closeDatabase, connectDatabase } from '../lib/data/database'

/** Gives the test file (or the describe it is called in) a migrated database of its own, connected, and drops it
 *  afterwards. The answer's `url` is readable once the tests run. */
export function useTestDatabase(): { readonly url: string } {
  const database = new URL(inject('templateDatabaseUrl'))
  const adminUrl = new URL(database)
  adminUrl.pathname = '/postgres'
  const name = `test_${randomUUID().replaceAll('-', '')}`
  database.pathname = `/${name}`
  beforeAll(async () => {
    await runAs(adminUrl.href, `CREATE DATABASE ${name} TEMPLATE sluice_template STRATEGY file_copy`)
    connectDatabase(database.href)
  })
  afterAll(async () => {
    await closeDatabase()
    await runAs(adminUrl.href, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  })
  return { url: database.href }
}

async function runAs(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
