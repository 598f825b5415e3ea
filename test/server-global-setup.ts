import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { templateVariable } from './data-folder'
import { startServer } from './server'

/** Starts one server for the first time and keeps its data folder, database migrated and interpreter ready, for the
 *  servers of all tests to start on copies of: a first start takes three times the processor time of a later one. */
export default async function setup(): Promise<() => void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sluice-template-'))
  const server = await startServer({ dataDir })
  while (!(await isPythonReady(server.url))) await wait(100)
  await server.stop()
  process.env[templateVariable] = dataDir
  return () => rmSync(dataDir, { recursive: true, force: true })
}

async function isPythonReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/api/health`)
  // Shape from the API contract.
  const { python } = (await response.json()) as { python: string }
  return python === 'ready'
}
