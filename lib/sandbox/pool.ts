import { BlockError } from '../blocks/contract'
import type { CodeJob } from '../blocks/contract'
import type { Json } from '../contract/json'

export interface CodeResult {
  output: Json
  logs: string[]
}

/** A worker of a pool: a thread or a process that runs one job at a time. */
export interface Runner {
  /** Rejects with BlockError for what the code did; must settle soon after the job's time is over or its signal
   *  aborted. */
  run(job: CodeJob): Promise<CodeResult>
  /** False once it must not be given another job. */
  isUsable(): boolean
  /** Calls back once if it ends by itself. */
  onExit(listener: () => void): void
  dispose(): Promise<void>
}

export interface PoolOptions {
  /** Jobs at once. */
  runsAtOnce: number
  /** Idle runners to keep ready beyond those that run. */
  spares: number
  /** Starts a runner; a rejection fails the jobs that wait, with its message. */
  start(): Promise<Runner>
}

export interface PoolLoad {
  busy: number
  idle: number
  starting: number
  waiting: number
}

interface Waiting {
  job: CodeJob
  resolve: (result: CodeResult) => void
  reject: (error: Error) => void
}

/** Hands jobs to runners in the order they came. One owner (workflow) occupies at most all runners but one, so a
 *  workflow that loops never shuts the others out; its further jobs wait and later owners pass them. Runners start
 *  when needed, are kept while usable, and are replaced when they are not. */
export class Pool {
  readonly #options: PoolOptions
  readonly #waiting: Waiting[] = []
  readonly #idle: Runner[] = []
  readonly #all = new Set<Runner>()
  readonly #runningOf = new Map<string, number>()
  #running = 0
  #starting = 0
  #isClosed = false
  #wasReady = false
  #lastFailure: string | null = null

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** Starts the spares. */
  warm(): void {
    this.#startMissing()
  }

  /** `ready` once a runner was up, `warming` before, else why the last start failed. */
  state(): 'ready' | 'warming' | { failure: string } {
    if (this.#lastFailure !== null) return { failure: this.#lastFailure }
    return this.#wasReady ? 'ready' : 'warming'
  }

  /** Workers by what they do, and jobs that wait for one. */
  load(): PoolLoad {
    return {
      busy: this.#running,
      idle: this.#idle.length,
      starting: this.#starting,
      waiting: this.#waiting.length,
    }
  }

  run(job: CodeJob): Promise<CodeResult> {
    if (this.#isClosed) return Promise.reject(new BlockError('The sandbox is shutting down'))
    if (job.signal.aborted) return Promise.reject(stopped())
    return new Promise((resolve, reject) => {
      const leave = () => {
        const at = this.#waiting.indexOf(entry)
        if (at < 0) return
        this.#waiting.splice(at, 1)
        entry.reject(stopped())
      }
      const settled = () => job.signal.removeEventListener('abort', leave)
      const entry: Waiting = {
        job,
        resolve: (result) => (settled(), resolve(result)),
        reject: (error) => (settled(), reject(error)),
      }
      job.signal.addEventListener('abort', leave)
      this.#waiting.push(entry)
      this.#pump()
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const entry of this.#waiting.splice(0)) entry.reject(new BlockError('The sandbox is shutting down'))
    await Promise.all([...this.#all].map((runner) => runner.dispose()))
  }

  #pump(): void {
    while (this.#running < this.#options.runsAtOnce && this.#idle.length > 0) {
      const at = this.#waiting.findIndex((entry) => this.#mayRun(entry.job.owner))
      if (at < 0) break
      const [entry] = this.#waiting.splice(at, 1)
      // The latest to be idle: its memory is still close to the processor.
      const runner = this.#idle.pop()
      if (entry && runner) void this.#give(entry, runner)
    }
    this.#startMissing()
  }

  #mayRun(owner: string): boolean {
    return (this.#runningOf.get(owner) ?? 0) < Math.max(1, this.#options.runsAtOnce - 1)
  }

  async #give({ job, resolve, reject }: Waiting, runner: Runner): Promise<void> {
    this.#running++
    this.#runningOf.set(job.owner, (this.#runningOf.get(job.owner) ?? 0) + 1)
    try {
      resolve(await runner.run(job))
    } catch (error) {
      reject(error instanceof Error ? error : new BlockError(String(error)))
    }
    this.#running--
    const left = (this.#runningOf.get(job.owner) ?? 1) - 1
    if (left > 0) this.#runningOf.set(job.owner, left)
    else this.#runningOf.delete(job.owner)
    if (runner.isUsable() && !this.#isClosed) this.#idle.push(runner)
    else void this.#drop(runner)
    this.#pump()
  }

  async #drop(runner: Runner): Promise<void> {
    this.#all.delete(runner)
    const at = this.#idle.indexOf(runner)
    if (at >= 0) this.#idle.splice(at, 1)
    await runner.dispose()
  }

  /** Enough runners for the jobs that wait, plus the spares. */
  #startMissing(): void {
    if (this.#isClosed) return
    const eligible = Math.min(this.#waiting.length, this.#options.runsAtOnce - this.#running)
    const wanted = Math.min(eligible + this.#options.spares, this.#roomLeft())
    for (let i = this.#idle.length + this.#starting; i < wanted; i++) void this.#startOne()
  }

  /** With no spares beyond the running ones, an idle runner is itself one of `runsAtOnce`. */
  #roomLeft(): number {
    return this.#options.runsAtOnce + this.#options.spares - this.#running
  }

  async #startOne(): Promise<void> {
    this.#starting++
    try {
      const runner = await this.#options.start()
      this.#starting--
      if (this.#isClosed) return void runner.dispose()
      this.#lastFailure = null
      this.#wasReady = true
      this.#all.add(runner)
      this.#idle.push(runner)
      runner.onExit(() => {
        const wasIdle = this.#idle.includes(runner)
        void this.#drop(runner)
        if (wasIdle) this.#pump()
      })
      this.#pump()
    } catch (error) {
      this.#starting--
      this.#lastFailure = error instanceof Error ? error.message : String(error)
      // Whoever waits hears of it; the next job tries again.
      if (this.#starting > 0 || this.#all.size > 0) return
      for (const entry of this.#waiting.splice(0)) entry.reject(new BlockError(this.#lastFailure))
    }
  }
}

/** What a run that was aborted fails with. */
export function stopped(): BlockError {
  return new BlockError('The code was stopped')
}
