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
  maxJobsPerJavascriptWorker,
  maxJsonDepth,
} from '../limits'
import { readReply, timeoutText } from './reply'
import { notBegun, stopped } from './pool'
import type { CodeResult, Runner } from './pool'

/** Starts a worker thread with QuickJS in it. The worker stops code at its deadline by itself; code stuck in a single
 *  native operation (a regular expression, a giant string) is ended by ending the thread. */
export function startJavascriptRunner(rootDir: string): Promise<Runner> {
  const claims = new Int32Array(new SharedArrayBuffer(maxJobsPerJavascriptWorker * Int32Array.BYTES_PER_ELEMENT))
  const worker = new Worker(path.join(rootDir, 'lib/sandbox/javascript-worker.mjs'), {
    env: {},
    execArgv: [],
    argv: [],
    stdin: false,
    resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32 },
    workerData: {
      claims,
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
    worker.once('message', () => resolve(new JavascriptRunner(worker, claims)))
  })
}

type End = { reply: unknown } | { error: Error } | typeof notBegun

/** A job handed to the worker. As long as `claims[slot]` is its id, it has not begun. */
interface Held {
  id: number
  slot: number
  settle(end: End): void
}

class JavascriptRunner implements Runner {
  readonly capacity = maxJobsPerJavascriptWorker
  readonly #worker: Worker
  readonly #claims: Int32Array
  readonly #held = new Map<number, Held>()
  #lastId = 0
  #isUsable = true

  constructor(worker: Worker, claims: Int32Array) {
    this.#worker = worker
    this.#claims = claims
    worker.on('message', (reply: { id: number }) => this.#held.get(reply.id)?.settle({ reply }))
    worker.on('error', (error) => this.#ended(error))
    worker.on('exit', () => this.#ended())
  }

  async run(job: CodeJob): Promise<CodeResult | typeof notBegun> {
    const end = await this.#hand(job)
    if (end === notBegun) return end
    if ('error' in end) throw end.error
    const reply = readReply(end.reply)
    if (reply.spent) this.#retire()
    return reply.take()
  }

  takeBack(): void {
    for (const held of [...this.#held.values()].reverse()) if (this.#withdraw(held)) held.settle(notBegun)
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

  #hand(job: CodeJob): Promise<End> {
    const bindings = JSON.stringify(job.bindings)
    const text = timeoutText(job.timeoutMs)
    const id = this.#nextId()
    const slot = this.#freeSlot()
    return new Promise((resolve) => {
      const abort = () => {
        if (!this.#withdraw(held)) this.#kill()
        held.settle({ error: stopped() })
      }
      const timer = setTimeout(() => {
        if (this.#withdraw(held)) return held.settle(notBegun)
        this.#kill()
        held.settle({ error: new BlockError(text) })
      }, job.timeoutMs + codeKillGraceMs)
      const held: Held = {
        id,
        slot,
        settle: (end) => {
          clearTimeout(timer)
          job.signal.removeEventListener('abort', abort)
          this.#held.delete(id)
          resolve(end)
        },
      }
      job.signal.addEventListener('abort', abort)
      this.#held.set(id, held)
      Atomics.store(this.#claims, slot, id)
      const { code, timeoutMs } = job
      this.#worker.postMessage({ id, slot, code, bindings, timeoutMs, timeoutText: text })
    })
  }

  /** From 1 on; 0 is no claim. */
  #nextId(): number {
    this.#lastId = this.#lastId === maxInt32 ? 1 : this.#lastId + 1
    return this.#lastId
  }

  #freeSlot(): number {
    const taken = new Set([...this.#held.values()].map(({ slot }) => slot))
    return this.#claims.findIndex((_claim, slot) => !taken.has(slot))
  }

  /** False when the worker has begun it. */
  #withdraw({ id, slot }: Held): boolean {
    return Atomics.compareExchange(this.#claims, slot, id, 0) === id
  }

  /** What it runs ends with it, what it only holds is for others. */
  #kill(): void {
    this.#retire()
    void this.#worker.terminate()
  }

  #retire(): void {
    this.#isUsable = false
    this.takeBack()
  }

  #ended(error?: Error): void {
    this.#retire()
    const reason = error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? ' (out of memory)' : ''
    for (const held of this.#held.values())
      held.settle({ error: new BlockError(`The code ended its sandbox${reason}`) })
  }
}

const maxInt32 = 2 ** 31 - 1
