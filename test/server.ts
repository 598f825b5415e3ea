import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeDataFolder } from './data-folder'

/** A server of its own for one test file: a real process with its own data folder and database. */
export interface TestServer {
  url: string
  /** A key with the owner's rights. */
  apiKey: string
  pid: number
  dataDir: string
  /** Everything it has printed so far. */
  output(): string
  /** Reads no further: what it prints from here on meets a closed pipe. */
  closeOutput(): void
  /** Ends it as Ctrl-C does and resolves with its exit code. Removes a data folder that `startServer` made. */
  stop(): Promise<number | null>
  /** Ends it with SIGKILL, as a crash does. Its data folder stays. */
  kill(): Promise<void>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const startTimeoutMs = 240_000

/** Starts the server as `npm start` does (building it first where that is needed) and waits until it is ready. A first
 *  start: pass an empty `dataDir`. A second start on the same data: pass the first one's. @throws with its output when it ends instead. */
export async function startServer(
  options: { env?: Record<string, string>; dataDir?: string } = {},
): Promise<TestServer> {
  const dataDir = options.dataDir ?? makeDataFolder({ hasDatabase: options.env?.['DATABASE_URL'] !== undefined })
  const apiKey = options.env?.['SLUICE_API_KEY'] ?? 'end-to-end-test-key-0123456789'
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      NODE_ENV: 'production',
      ...inheritedEnv(),
      PORT: '0',
      SLUICE_DATA_DIR: dataDir,
      SLUICE_API_KEY: apiKey,
      ...options.env,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const ended = once(child, 'close')
  const removeData = () => options.dataDir === undefined && rmSync(dataDir, { recursive: true, force: true })
  const url = await readyUrl(child, () => output).catch((error: unknown) => {
    removeData()
    throw error
  })
  return {
    url,
    apiKey,
    // True because a process that printed its address was spawned.
    pid: child.pid as number,
    dataDir,
    output: () => output,
    closeOutput() {
      child.stdout.destroy()
      child.stderr.destroy()
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
      if (child.signalCode !== null) await stopOrphan(dataDir)
      removeData()
      return child.exitCode
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Without the settings of whoever runs the tests. */
function inheritedEnv(): Record<string, string | undefined> {
  const settings = /^(?:SLUICE_|OTEL_|OPENAI_|ANTHROPIC_|GOOGLE_|DATABASE_URL$|PORT$|NODE_ENV$|NODE_OPTIONS$|VITEST)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)))
}

function readyUrl(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`the server ${what}:\n${output()}`))
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      fail('was not ready in time')
    }, startTimeoutMs)
    child.stdout?.on('data', () => {
      const url = /Sluice is ready at (\S+)\n/.exec(output())?.[1]
      if (url === undefined) return
      clearTimeout(timer)
      resolve(url)
    })
    child.once('close', () => {
      clearTimeout(timer)
      fail('ended')
    })
  })
}

/** The database of a killed server lives on until the next start; where none follows, it ends here. */
async function stopOrphan(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postgres/data/postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  try {
    process.kill(pid, 'SIGQUIT')
  } catch {
    return
  }
  while (existsSync(pidFile)) await new Promise((resolve) => setTimeout(resolve, 20))
}
