import 'server-only'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { BlockError } from '../blocks/contract'
import type { CodeJob } from '../blocks/contract'
import {
  codeKillGraceMs,
  codeMemoryBytes,
  codePoliteAfterMs,
  codeStackBytes,
  codeWorkerKeepBytes,
  maxCodeLogBytes,
  maxCodeOutputBytes,
  maxJsonDepth,
} from '../limits'
import { readReply, timeoutText } from './reply'
import type { CodeResult, Runner } from './pool'
import { stopped } from './pool'

/** Starts a worker thread with QuickJS in it. The worker stops code at its deadline by itself; code stuck in a single
 *  native operation (a regular expression, a giant string) is ended by ending the thread. */
export function startJavascriptRunner(rootDir: string): Promise<Runner> {
  const worker = new Worker(path.join(rootDir, 'lib/sandbox/javascript-worker.mjs'), {
    env: {},
    execArgv: [],
    argv: [],
    stdin: false,
    resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32 },
    workerData: {
      memoryBytes: codeMemoryBytes,
      stackBytes: codeStackBytes,
      maxLogBytes: maxCodeLogBytes,
      maxOutputBytes: maxCodeOutputBytes,
      maxDepth: maxJsonDepth,
      keepBytes: codeWorkerKeepBytes,
      politeAfterMs: codePoliteAfterMs,
      jobsPerTurn: 1_000,
    },
  })
  return new Promise((resolve, reject) => {
    const fail = (error?: Error) =>
      reject(new Error(`The JavaScript sandbox did not start${error ? `: ${error.message}` : ''}`))
    worker.once('error', fail)
    worker.once('exit', () => fail())
    worker.once('message', () => resolve(new JavascriptRunner(worker)))
  })
}

class JavascriptRunner implements Runner {
  readonly #worker: Worker
  #lastId = 0
  #isUsable = true
  #settle: ((end: { reply?: unknown; error?: Error }) => void) | null = null

  constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (reply) => this.#settle?.({ reply }))
    worker.on('error', (error) => this.#ended(error))
    worker.on('exit', () => this.#ended())
  }

  async run(job: CodeJob): Promise<CodeResult> {
    const bindings = JSON.stringify(job.bindings)
    const text = timeoutText(job.timeoutMs)
    const end = await new Promise<{ reply?: unknown; error?: Error }>((resolve) => {
      const kill = (error: Error) => {
        this.#isUsable = false
        void this.#worker.terminate()
        resolve({ error })
      }
      const abort = () => kill(stopped())
      const timer = setTimeout(() => kill(new BlockError(text)), job.timeoutMs + codeKillGraceMs)
      job.signal.addEventListener('abort', abort)
      this.#settle = (outcome) => {
        clearTimeout(timer)
        job.signal.removeEventListener('abort', abort)
        this.#settle = null
        resolve(outcome)
      }
      const { code, timeoutMs } = job
      this.#worker.postMessage({ id: ++this.#lastId, code, bindings, timeoutMs, timeoutText: text })
    })
    if (end.error) throw end.error
    const reply = readReply(end.reply)
    if (reply.spent) this.#isUsable = false
    return reply.take()
  }

  isUsable(): boolean {
    return this.#isUsable
  }

  onExit(listener: () => void): void {
    this.#worker.once('exit', listener)
  }

  async dispose(): Promise<void> {
    this.#isUsable = false
    await this.#worker.terminate()
  }

  #ended(error?: Error): void {
    this.#isUsable = false
    const reason = error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? ' (out of memory)' : ''
    this.#settle?.({ error: new BlockError(`The code ended its sandbox${reason}`) })
  }
}
