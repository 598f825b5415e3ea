import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres'
import { choosePostgresAccount } from './postgres-account'
import { isAlive, readPostmaster, signal } from './postmaster'

const isRoot = process.getuid?.() === 0
const usedDir = mkdtempSync(join(tmpdir(), 'sluice-postgres-used-'))
let closedDir: string
let dataDir: string
let running: EmbeddedPostgres[] = []

// Creating a cluster takes longer than all the rest: most tests begin with a copy of this one.
beforeAll(async () => {
  await (await startEmbeddedPostgres(usedDir)).stop()
})

afterAll(() => rmSync(usedDir, { recursive: true }))

beforeEach(() => {
  closedDir = mkdtempSync(join(tmpdir(), 'sluice-postgres-'))
  chmodSync(closedDir, 0o700)
  dataDir = join(closedDir, 'data')
  cpSync(usedDir, dataDir, { recursive: true })
})

afterEach(async () => {
  await Promise.all(running.map((postgres) => postgres.stop()))
  running = []
  rmSync(closedDir, { recursive: true, force: true })
})

describe('startEmbeddedPostgres', () => {
  it('keeps what was written over a stop and a second start, with the same password', async () => {
    const first = await start()
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop()
    const second = await start()
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    expect(new URL(second.url).password).toBe(new URL(first.url).password)
  })

  it('listens on loopback alone, asks for the password and writes through to the disk', async () => {
    const { url } = await start()
    expect(
      await query(url, `SELECT current_setting('listen_addresses') AS at, current_setting('fsync') AS fsync`),
    ).toEqual([{ at: '127.0.0.1', fsync: 'on' }])
    const stranger = new URL(url)
    stranger.password = 'guess'
    await expect(query(stranger.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
  })

  it('lets only its own user read the password', async () => {
    await start()
    expect(statSync(join(dataDir, 'postgres/password')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700)
  })

  it.runIf(process.platform !== 'win32').each([
    ['over a Unix socket, whatever the path is made of', 'a, b "c"', null],
    ['over TCP where the path is too long for a socket', 'long'.repeat(25), '127.0.0.1'],
  ])('is reached %s', async (_road, folder, address) => {
    dataDir = join(closedDir, folder)
    cpSync(usedDir, dataDir, { recursive: true })
    const { url } = await start()
    expect(await query(url, 'SELECT host(inet_server_addr()) AS address')).toEqual([{ address }])
  })

  it('refuses a data folder that another Sluice uses and leaves that one alone', async () => {
    const { url } = await start()
    await expect(start()).rejects.toThrow(/another Sluice \(process \d+\) uses the data in .*set SLUICE_DATA_DIR/)
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('refuses the data of another major version', async () => {
    writeFileSync(join(dataDir, 'postgres/data/PG_VERSION'), '17\n')
    await expect(start()).rejects.toThrow('was written by PostgreSQL 17, this is PostgreSQL 18')
  })

  it('starts over what a first start that was killed half-way left', async () => {
    rmSync(join(dataDir, 'postgres/data'), { recursive: true })
    mkdirSync(join(dataDir, 'postgres/data.new/base'), { recursive: true })
    const { url } = await start()
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

describe('after a kill -9', () => {
  it('of Sluice, the next start stops the orphaned database and finds every committed row', async () => {
    const { url, pid } = await startInKilledProcess()
    expect(isAlive(pid)).toBe(true)
    const { url: newUrl } = await start()
    expect(isAlive(pid)).toBe(false)
    expect(await query(newUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    expect(newUrl).not.toBe(url)
  })

  it('of both, a lock file whose number now belongs to another process is no obstacle', async () => {
    const { pid } = await startInKilledProcess()
    signal(pid, 'SIGKILL')
    const lockFile = join(dataDir, 'postgres/data/postmaster.pid')
    writeFileSync(lockFile, readFileSync(lockFile, 'utf8').replace(/^\d+/, String(process.pid)))
    const { url } = await start()
    expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })

  it('of the database alone, it comes back at the same address', async () => {
    const { url } = await start()
    const killed = readPostmaster(join(dataDir, 'postgres/data'))
    signal(killed?.pid ?? 0, 'SIGKILL')
    await expect.poll(() => query(url, 'SELECT 1 AS one').catch(() => null)).toEqual([{ one: 1 }])
  })
})

describe.runIf(isRoot)('as root', () => {
  it.runIf(userNamespacesAllowed())('works under a folder that only root may enter, in a user namespace', async () => {
    rmSync(dataDir, { recursive: true })
    const { url } = await start()
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(statSync(join(dataDir, 'postgres/data')).uid).toBe(0)
    expect(statSync(closedDir).mode & 0o777).toBe(0o700)
  })

  it('names the folder that the unprivileged user cannot enter where namespaces are not allowed', async () => {
    const message = `cannot enter ${closedDir}: run "chmod o+x ${closedDir}"`
    await expect(start({ namespaces: false })).rejects.toThrow(message)
  })

  it('runs as an unprivileged user, whose the cluster then is, once that folder is open', async () => {
    chmodSync(closedDir, 0o711)
    const { url } = await start({ namespaces: false })
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(statSync(join(dataDir, 'postgres/data')).uid).not.toBe(0)
    expect(existsSync(join(dataDir, 'postgres/data/PG_VERSION'))).toBe(true)
  })

  it('leaves a cluster with the user who owns it', async () => {
    chmodSync(closedDir, 0o711)
    const first = await start({ namespaces: false })
    await first.stop()
    expect(choosePostgresAccount(join(dataDir, 'postgres')).way).toBe('account')
    const second = await start()
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

async function start(options: { namespaces?: boolean } = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres(dataDir, options)
  running.push(postgres)
  return postgres
}

/** Starts the database in a process of its own, writes a row, and kills that process. */
async function startInKilledProcess(): Promise<{ url: string; pid: number }> {
  const script = join(mkdtempSync(join(cacheDir(), 'orphan-')), 'start.mjs')
  const source = `
    import { startEmbeddedPostgres } from './server/embedded-postgres'
    startEmbeddedPostgres(process.argv[2]).then(({ url }) => process.send(url))
    setInterval(() => {}, 1000)`
  await build({
    stdin: { contents: source, resolveDir: process.cwd() },
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    conditions: ['react-server'],
    logLevel: 'error',
  })
  const child = fork(script, [dataDir], { execArgv: ['--conditions=react-server'] })
  const [url] = z.tuple([z.string()]).parse((await once(child, 'message')).slice(0, 1))
  rmSync(dirname(script), { recursive: true })
  await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
  child.kill('SIGKILL')
  await once(child, 'exit')
  return { url, pid: readPostmaster(join(dataDir, 'postgres/data'))?.pid ?? 0 }
}

function cacheDir(): string {
  const dir = join(process.cwd(), '.cache')
  mkdirSync(dir, { recursive: true })
  return dir
}

function userNamespacesAllowed(): boolean {
  return spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', 'true']).status === 0
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const result = await client.query<Record<string, unknown>>(sql)
    return result.rows
  } finally {
    await client.end()
  }
}
