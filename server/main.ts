import 'server-only'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import next from 'next'
import { configureAuth } from '@/lib/auth/auth-state'
import { ensureOwnerFromEnv } from '@/lib/auth/owner-from-env'
import { AppError } from '@/lib/contract/errors'
import { closeDatabase, connectDatabase } from '@/lib/data/database'
import { loadEncryptionKey } from '@/lib/data/encryption-key'
import { ownerExists } from '@/lib/data/users'
import { watchDatabase } from '@/lib/data/watch-database'
import { loadEnv, type Env } from '@/lib/env'
import { replyOfFailure } from '@/lib/http/failure'
import { requestIdOf } from '@/lib/http/request-id'
import { databaseSilenceMs, databaseWatchMs, drainTimeoutMs } from '@/lib/limits'
import { logger } from '@/lib/log'
import { createApp } from './create-app'
import { startEmbeddedPostgres } from './embedded-postgres'
import { createListener, type Listener } from './listener'
import { migrate } from './migrate'
import { routes } from './routes'
import { Closers, closeOnSignal } from './shutdown'
import { StartError } from './start-error'

/** Runs Sluice in this process until a signal ends it: database, engine, Next and the HTTP server. `rootDir` is the
 *  project's folder. @throws what keeps it from starting, after closing what was opened. */
export async function main(options: { dev: boolean; rootDir: string }): Promise<void> {
  const closers = new Closers()
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'a promise was rejected unheard'))
  try {
    await start(options, closers)
  } catch (error) {
    await closers.close()
    throw error
  }
}

async function start({ dev, rootDir }: { dev: boolean; rootDir: string }, closers: Closers): Promise<void> {
  const env = readEnv(rootDir)
  closeOnSignal(closers)
  if (env.SLUICE_ROLE === 'worker') return startWorker(env, rootDir, closers)
  // Prepared while the database starts. Awaited below; until then its failure must not count as unheard.
  const pages = next({ dev, dir: rootDir, hostname: env.SLUICE_HOST, port: env.PORT })
  const pagesReady = pages.prepare()
  pagesReady.catch(() => undefined)
  closers.add(() => pages.close())

  const databaseUrl = await openDatabase(env, rootDir, closers)
  const { firstRunCode } = configureAuth({
    automationKey: env.SLUICE_API_KEY,
    baseUrl: env.SLUICE_BASE_URL,
    host: env.SLUICE_HOST,
  })
  await ensureOwnerFromEnv(env)
  const app = await createApp(env, rootDir, databaseUrl)
  closers.add(() => app.close())
  await pagesReady
  const handlePage = pages.getRequestHandler()
  const listener = createListener({
    routes: dev ? null : routes,
    next: (incoming, outgoing) => void handlePage(incoming, outgoing),
  })
  closers.add(() => Promise.all([listener.drain(drainTimeoutMs), app.drain()]))
  const url = await listen(listener, env)
  process.stdout.write(`Sluice is ready at ${url}\n`)
  if (!(await ownerExists())) process.stdout.write(firstRunText(url, firstRunCode))
}

/** Runs queued executions and nothing else. The database has to be one that the web process reaches too. */
async function startWorker(env: Env, rootDir: string, closers: Closers): Promise<void> {
  if (!env.DATABASE_URL) {
    throw new StartError('DATABASE_URL is missing: a worker shares the database of a web process, so name that one')
  }
  const databaseUrl = await openDatabase(env, rootDir, closers)
  const app = await createApp(env, rootDir, databaseUrl)
  closers.add(() => app.close())
  closers.add(() => app.drain())
  if (env.SLUICE_WORKER_PORT === undefined) {
    process.stdout.write('Sluice worker is ready\n')
    return
  }
  configureAuth({ automationKey: env.SLUICE_API_KEY, baseUrl: env.SLUICE_BASE_URL, host: env.SLUICE_HOST })
  const listener = createListener({ routes: workerRoutes, next: refusePage })
  closers.add(() => listener.drain(drainTimeoutMs))
  const url = await listen(listener, { ...env, PORT: env.SLUICE_WORKER_PORT })
  process.stdout.write(`Sluice worker is ready, its health at ${url}/api/health\n`)
}

/** What a worker answers to whoever watches over it. */
const workerRoutes = Object.fromEntries(
  Object.entries(routes).filter(([path]) => path === '/api/health' || path === '/api/metrics'),
)

function refusePage(_incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { status, headers, body } = replyOfFailure(new AppError('NOT_FOUND', 'A worker has no pages'), {
    id: requestIdOf(null),
    method: 'GET',
    path: '',
  })
  outgoing.writeHead(status, headers).end(body)
}

function readEnv(rootDir: string): Env {
  const env = loadEnv()
  // Relative to the project, wherever it was started from.
  return { ...env, SLUICE_DATA_DIR: resolve(rootDir, env.SLUICE_DATA_DIR) }
}

async function openDatabase(env: Env, rootDir: string, closers: Closers): Promise<string> {
  let url = env.DATABASE_URL
  if (!url) {
    const embedded = await startEmbeddedPostgres(env.SLUICE_DATA_DIR)
    closers.add(() => embedded.stop())
    url = embedded.url
  }
  await migrate(url, { migrationsDir: join(rootDir, 'prisma/migrations') })
  connectDatabase(url)
  closers.add(closeDatabase)
  const watch = watchDatabase(url, {
    everyMs: databaseWatchMs,
    silenceMs: databaseSilenceMs,
    onSilence: () => logger.error('the database is silent: what waits for it fails until it answers'),
  })
  closers.add(() => watch.stop())
  await loadEncryptionKey({ env, dataDir: env.SLUICE_DATA_DIR })
  return url
}

/** Resolves with the address people open. */
async function listen({ server }: Listener, env: Env): Promise<string> {
  try {
    server.listen(env.PORT, env.SLUICE_HOST)
    await once(server, 'listening')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : ''
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new StartError(`SLUICE_HOST ${env.SLUICE_HOST} is no address of this machine: try 127.0.0.1`, { cause })
    }
    throw cause
  }
  // True because it listens on TCP by now.
  const { port } = server.address() as AddressInfo
  const everywhere = env.SLUICE_HOST === '0.0.0.0' || env.SLUICE_HOST === '::'
  const host = everywhere ? '127.0.0.1' : env.SLUICE_HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function firstRunText(url: string, code: string | null): string {
  const withCode = code === null ? '' : ` with the one-time code ${code}`
  return `First run: create the owner at ${url}/first-run${withCode}\n`
}
