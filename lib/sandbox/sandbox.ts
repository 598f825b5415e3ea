import 'server-only'
import { availableParallelism } from 'node:os'
import type { CodeJob } from '../blocks/contract'
import { maxJavascriptWorkers, minJavascriptWorkers, pythonRunsAtOnce } from '../limits'
import { startJavascriptRunner } from './javascript-runner'
import { createPdfReader } from './pdf-reader'
import { Pool } from './pool'
import type { CodeResult, PoolLoad } from './pool'
import { createPythonStarter } from './python-runner'

export interface Sandbox {
  /** Runs code apart from everything: no network, files, environment or process of the host, bounded memory and time.
   *  Waits while Python warms up; an abort of the job's signal ends it at once.
   *  @throws BlockError with what a person needs to know: message and line, limit reached, not available. */
  run(job: CodeJob): Promise<CodeResult>
  /** The text of a PDF, its pages apart by empty lines. @throws BlockError that goes on from "The source ". */
  readPdf(bytes: Uint8Array, signal: AbortSignal): Promise<string>
  /** `javascript` is `ok`, `python` is `warming` or `ready`; any other text says why that language does not run. */
  health(): Promise<{ javascript: string; python: string }>
  /** What the workers of each language do right now. */
  load(): { javascript: PoolLoad; python: PoolLoad }
  /** Starts a worker of each language in the background. */
  warm(): void
  close(): Promise<void>
}

export interface SandboxOptions {
  /** Project folder: the workers run from its sources and node_modules. */
  rootDir: string
  /** Writable folder for Python's snapshot (31 MB). */
  dataDir: string
  log: { info(message: string): void; warn(message: string): void }
}

/** Makes the sandboxes of both languages. They start when first used, or with `warm`; `close` ends them all. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const workers = Math.min(maxJavascriptWorkers, Math.max(minJavascriptWorkers, availableParallelism()))
  const javascript = new Pool({
    runsAtOnce: workers,
    spares: 1,
    start: () => startJavascriptRunner(options.rootDir),
  })
  const startPython = createPythonStarter(options)
  const python = new Pool({
    runsAtOnce: pythonRunsAtOnce,
    spares: 1,
    start: () =>
      startPython().catch((error: unknown) => {
        options.log.warn(messageOf(error))
        throw error
      }),
  })
  return {
    run: (job) => (job.language === 'javascript' ? javascript : python).run(job),
    readPdf: createPdfReader(options.rootDir),
    async health() {
      return { javascript: await javascriptHealth(javascript), python: stateText(python.state()) }
    },
    load: () => ({ javascript: javascript.load(), python: python.load() }),
    warm() {
      javascript.warm()
      python.warm()
    },
    async close() {
      await Promise.all([javascript.close(), python.close()])
    },
  }
}

/** Busy workers are healthy ones; without any, a trivial run tells. */
async function javascriptHealth(pool: Pool): Promise<string> {
  if (pool.state() === 'ready') return 'ok'
  const probe: CodeJob = {
    language: 'javascript',
    code: 'return 1',
    bindings: {},
    timeoutMs: 5_000,
    signal: AbortSignal.timeout(5_000),
    owner: 'health',
  }
  return pool.run(probe).then(() => 'ok', messageOf)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function stateText(state: ReturnType<Pool['state']>): string {
  return typeof state === 'string' ? state : state.failure
}
