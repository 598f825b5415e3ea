import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../server/embedded-postgres'
import { migrate } from '../server/migrate'

declare module 'vitest' {
  interface ProvidedContext {
    /** How often the fault test kills something. */
    faultRounds: number
    /** A migrated database that nobody is connected to: the template of every test file's own. */
    templateDatabaseUrl: string
  }
}

/** One Postgres for the whole run, with a migrated template. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sluice-test-'))
  const settings = { fsync: 'off', max_connections: '200' }
  const postgres = await startEmbeddedPostgres(dataDir, { settings })
  const templateUrl = new URL(postgres.url)
  templateUrl.pathname = '/sluice_template'
  await createTemplate(postgres.url)
  await migrate(templateUrl.href)
  project.provide('templateDatabaseUrl', templateUrl.href)
  return async () => {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function createTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('CREATE DATABASE sluice_template')
  await client.end()
}
