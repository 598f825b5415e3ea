import 'server-only'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  postgresRestartDelayMs,
  postgresStartTimeoutMs,
  postgresStopTimeoutMs,
  postgresTakeOverTimeoutMs,
} from '../lib/limits'
import { commandAs } from './postgres-account'
import { programPath } from './postgres-binaries'
import { postgresEnvironment, type Cluster } from './postgres-cluster'
import { readPostmaster } from './postmaster'
import { StartError } from './start-error'

const pollMs = 10

/** The server process of one cluster.
 *
 *  States: stopped -> starting -> running -> stopping -> stopped. A postmaster that ends while running goes back to
 *  starting after a short delay; one that ends while starting is tried again until the take-over limit when only the
 *  remains of its predecessor were in the way. */
export class PostgresServer {
  private child: ChildProcess | null = null
  private isStopping = false
  private readonly endWithProcess = () => {
    this.child?.kill('SIGINT')
  }

  constructor(
    private readonly cluster: Cluster,
    readonly port: number,
    private readonly settings: Record<string, string>,
  ) {}

  async start(): Promise<void> {
    process.on('exit', this.endWithProcess)
    const deadline = Date.now() + postgresTakeOverTimeoutMs
    for (;;) {
      const failure = await this.launch()
      if (!failure) return
      if (!isPassing(failure) || Date.now() > deadline) {
        process.off('exit', this.endWithProcess)
        throw new StartError(`the database in ${this.cluster.dataDir} did not start: ${failure}`)
      }
      await delay(postgresRestartDelayMs)
    }
  }

  async stop(): Promise<void> {
    this.isStopping = true
    process.off('exit', this.endWithProcess)
    const child = this.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    const impatience = setTimeout(() => child.kill('SIGQUIT'), postgresStopTimeoutMs)
    await ended
    clearTimeout(impatience)
  }

  /** Resolves when Postgres accepts connections (null), or with the reason why it ended instead. */
  private async launch(): Promise<string | null> {
    const child = this.spawn()
    this.child = child
    const waiting = new AbortController()
    const ended = endOf(child).then((reason) => {
      waiting.abort()
      return reason ?? lastFatalLine(this.logFile)
    })
    if (await this.becomesReady(child, waiting.signal)) {
      void ended.then(() => this.restart())
      return null
    }
    child.kill('SIGQUIT')
    return ended
  }

  private async becomesReady(child: ChildProcess, signal: AbortSignal): Promise<boolean> {
    const deadline = Date.now() + postgresStartTimeoutMs
    while (!signal.aborted && Date.now() < deadline) {
      const postmaster = readPostmaster(this.cluster.dataDir)
      if (postmaster?.isReady && postmaster.pid === child.pid) return true
      await delay(pollMs)
    }
    return false
  }

  private async restart(): Promise<void> {
    let failure: string | null = 'it ended'
    while (failure !== null && !this.isStopping) {
      failure = await this.launch()
      if (failure !== null) await delay(postgresRestartDelayMs)
    }
  }

  // Detached: Ctrl-C at the terminal goes to the whole process group, and the database has to outlive the draining.
  private spawn(): ChildProcess {
    const program = programPath(this.cluster.binariesDir, 'postgres')
    const { socketDir } = this
    const address = { port: String(this.port), unix_socket_directories: quoted(socketDir ?? '') }
    const settings = { ...ownSettings, ...address, ...this.settings }
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const { file, args, identity } = commandAs(this.cluster.account, program, ['-D', this.cluster.dataDir, ...flags])
    if (existsSync(this.logFile)) renameSync(this.logFile, `${this.logFile}.1`)
    const log = openSync(this.logFile, 'w', 0o600)
    try {
      const options = { cwd: this.cluster.homeDir, env: postgresEnvironment, detached: true, windowsHide: true }
      return spawn(file, args, { ...options, ...identity, stdio: ['ignore', log, log] })
    } finally {
      closeSync(log)
    }
  }

  /** Where its Unix socket is, which costs half of what TCP does; null where there is none: on Windows, and in folders
   *  whose path is too long for one. */
  get socketDir(): string | null {
    const path = join(this.cluster.homeDir, `.s.PGSQL.${this.port}`)
    return process.platform === 'win32' || Buffer.byteLength(path) > maxSocketPathBytes ? null : this.cluster.homeDir
  }

  private get logFile(): string {
    return join(this.cluster.homeDir, 'server.log')
  }
}

/** One element of a list setting, whatever commas and blanks the path has. */
function quoted(path: string): string {
  return path === '' ? '' : `"${path.replaceAll('"', '""')}"`
}

// The shortest `sun_path` of the systems we run on is macOS's: 104 bytes, with its end.
const maxSocketPathBytes = 103

const ownSettings = {
  listen_addresses: '127.0.0.1',
  fsync: 'on',
  synchronous_commit: 'on',
  // As safe as the default, which writes and then asks for it to be on disk: here the write says so itself.
  wal_sync_method: 'open_datasync',
  // Whoever lists processes sees the server's own names for them, not the state of each: that costs a call a statement.
  update_process_title: 'off',
  max_connections: '100',
  // Its compilation costs more than any query here takes.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

// What a killed predecessor leaves for a moment: its lock file, its shared memory, its port.
function isPassing(failure: string): boolean {
  return /lock file|shared memory block|could not bind|could not create any TCP/i.test(failure)
}

function endOf(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', () => resolve(null))
  })
}

function lastFatalLine(logFile: string): string {
  const lines = existsSync(logFile) ? readFileSync(logFile, 'utf8').trim().split('\n') : []
  const fatal = lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1)
  return fatal ? `${fatal} (see ${logFile})` : `it ended without a word, see ${logFile}`
}
