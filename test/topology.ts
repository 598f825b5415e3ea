import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeDataFolder } from './data-folder'
import { startServer, type TestServer } from './server'
import { startEmbeddedPostgres } from '../server/embedded-postgres'

/** A process that runs queued executions and serves nothing. */
export interface TestWorker {
  /** Where it answers for its health; empty unless `SLUICE_WORKER_PORT` was set. */
  url: string
  pid: number
  kill(signal: NodeJS.Signals): Promise<void>
}

/** Several processes on one database: a first server that owns it, more web servers, workers. */
export interface Topology {
  databaseUrl: string
  webs: TestServer[]
  workers: TestWorker[]
  startWeb(): Promise<TestServer>
  startWorker(env?: Record<string, string>): Promise<TestWorker>
  /** Kills the database server as a crash does. It comes back by itself. */
  killDatabase(): void
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const shared = {
  SLUICE_EXECUTE_CALLS_PER_MINUTE: '1000000',
  SLUICE_ENCRYPTION_KEY: 'one key for every process of this test',
  SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
}

/** Starts `webs` web processes (role `web`: they run no queued executions) and `workers` workers on one Postgres. */
export async function startTopology(count: { webs: number; workers: number }): Promise<Topology> {
  const databaseDir = mkdtempSync(join(tmpdir(), 'sluice-database-'))
  const database = await startEmbeddedPostgres(databaseDir)
  const settings = { ...shared, DATABASE_URL: database.url }
  const webs: TestServer[] = []
  const workers: TestWorker[] = []
  const folders = [databaseDir]

  async function startWeb(): Promise<TestServer> {
    const web = await startServer({ env: { ...settings, SLUICE_ROLE: 'web' } })
    webs.push(web)
    return web
  }

  async function startWorker(env: Record<string, string> = {}): Promise<TestWorker> {
    const dataDir = makeDataFolder({ hasDatabase: true })
    folders.push(dataDir)
    const child = spawn(process.execPath, ['scripts/start.mjs', '--worker'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...settings, SLUICE_DATA_DIR: dataDir, ...env },
    })
    let url = ''
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      url = /https?:\/\/[^/\s]+/.exec(String(chunk))?.[0] ?? ''
      if (String(chunk).includes('worker is ready')) break
    }
    child.stdout.resume()
    const worker = {
      url,
      // It printed something, so it was spawned.
      pid: child.pid as number,
      async kill(signal: NodeJS.Signals) {
        if (child.exitCode !== null || child.signalCode !== null) return
        const ended = once(child, 'exit')
        child.kill(signal)
        await ended
      },
    }
    workers.push(worker)
    return worker
  }

  for (let i = 0; i < count.webs; i++) await startWeb()
  for (let i = 0; i < count.workers; i++) await startWorker()
  return {
    databaseUrl: database.url,
    webs,
    workers,
    startWeb,
    startWorker,
    killDatabase() {
      const pidFile = join(databaseDir, 'postgres/data/postmaster.pid')
      process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGKILL')
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.kill('SIGKILL')))
      for (const web of webs) await web.stop()
      await database.stop()
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    },
  }
}
