import { BlockError } from '../blocks/contract'
import type { CodeJob } from '../blocks/contract'
import type { Json } from '../contract/json'
import { codeHandoverMs } from '../limits'

export interface CodeResult {
  output: Json
  logs: string[]
}

/** What became of a job that its runner gave back before it began. */
export const notBegun = Symbol('not begun')

/** A worker of a pool: a thread or a process that runs one job after the other. */
export interface Runner {
  /** Jobs it may hold, the one it runs among them. */
  readonly capacity: number
  /** Resolves to `notBegun` when the job was taken back, or the runner ended before its turn. Rejects with BlockError
   *  for what the code did; must settle soon after the job's time is over or its signal aborted. */
  run(job: CodeJob): Promise<CodeResult | typeof notBegun>
  /** Takes back the jobs it holds and has not begun, the newest first. */
  takeBack(): void
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

/** A runner at work: it holds jobs of one owner. `movedMs` is when it began or last ended one. */
interface Hand {
  owner: string
  runner: Runner
  jobs: number
  movedMs: number
}

/** Hands jobs to runners in the order they came. One owner (workflow) occupies at most all runners but one, so a
 *  workflow that loops never shuts the others out; its further jobs wait and later owners pass them. A runner at work is
 *  handed more jobs of its owner, and what waits behind a slow one is taken back for others. Runners start when needed,
 *  are kept while usable, and are replaced when they are not. */
export class Pool {
  readonly #options: PoolOptions
  readonly #waiting: Waiting[] = []
  readonly #idle: Runner[] = []
  readonly #all = new Set<Runner>()
  readonly #hands = new Set<Hand>()
  #handover: NodeJS.Timeout | null = null
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
    const held = [...this.#hands].reduce((sum, hand) => sum + hand.jobs - 1, 0)
    return {
      busy: this.#hands.size,
      idle: this.#idle.length,
      starting: this.#starting,
      waiting: this.#waiting.length + held,
    }
  }

  run(job: CodeJob): Promise<CodeResult> {
    if (this.#isClosed) return Promise.reject(shuttingDown())
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
    if (this.#handover) clearTimeout(this.#handover)
    for (const entry of this.#waiting.splice(0)) entry.reject(shuttingDown())
    await Promise.all([...this.#all].map((runner) => runner.dispose()))
  }

  #pump(): void {
    for (let at = 0; at < this.#waiting.length;) {
      const entry = this.#waiting[at]
      const hand = entry && this.#handFor(entry.job.owner)
      if (hand) {
        this.#waiting.splice(at, 1)
        void this.#give(entry, hand)
      } else if (this.#isOneFree()) at++
      // Whoever waits for any runner goes first: a runner that others keep at work would never come free.
      else break
    }
    this.#startMissing()
  }

  #isOneFree(): boolean {
    return this.#idle.length > 0 && this.#hands.size < this.#options.runsAtOnce
  }

  /** A runner that works for the owner and gets on, else an idle one when the owner may have another. */
  #handFor(owner: string): Hand | null {
    const own = [...this.#hands].filter((hand) => hand.owner === owner)
    const open = own.find(isOpen)
    if (open) return open
    if (!this.#isOneFree() || own.length >= Math.max(1, this.#options.runsAtOnce - 1)) return null
    // The latest to be idle: its memory is still close to the processor.
    const runner = this.#idle.pop()
    if (!runner) return null
    const hand = { owner, runner, jobs: 0, movedMs: performance.now() }
    this.#hands.add(hand)
    return hand
  }

  async #give(entry: Waiting, hand: Hand): Promise<void> {
    hand.jobs++
    if (hand.jobs > 1) this.#watchHandover()
    const end = await hand.runner.run(entry.job).catch(asError)
    hand.jobs--
    if (end === notBegun) this.#putBack(entry)
    else {
      hand.movedMs = performance.now()
      if (end instanceof Error) entry.reject(end)
      else entry.resolve(end)
    }
    if (hand.jobs === 0) this.#release(hand)
    this.#pump()
  }

  #putBack(entry: Waiting): void {
    if (this.#isClosed) entry.reject(shuttingDown())
    else if (entry.job.signal.aborted) entry.reject(stopped())
    else this.#waiting.unshift(entry)
  }

  #release(hand: Hand): void {
    this.#hands.delete(hand)
    if (hand.runner.isUsable() && !this.#isClosed) this.#idle.push(hand.runner)
    else void this.#drop(hand.runner)
  }

  /** Looks after a while whether jobs wait behind one that takes its time. */
  #watchHandover(): void {
    this.#handover ??= setTimeout(() => {
      this.#handover = null
      for (const hand of this.#hands) if (!isGettingOn(hand)) hand.runner.takeBack()
      if ([...this.#hands].some((hand) => hand.jobs > 1 && isGettingOn(hand))) this.#watchHandover()
    }, codeHandoverMs)
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
    const eligible = Math.min(this.#waiting.length, this.#options.runsAtOnce - this.#hands.size)
    const wanted = Math.min(eligible + this.#options.spares, this.#roomLeft())
    for (let i = this.#idle.length + this.#starting; i < wanted; i++) void this.#startOne()
  }

  /** With no spares beyond the running ones, an idle runner is itself one of `runsAtOnce`. */
  #roomLeft(): number {
    return this.#options.runsAtOnce + this.#options.spares - this.#hands.size
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

function isOpen(hand: Hand): boolean {
  return hand.jobs < hand.runner.capacity && hand.runner.isUsable() && isGettingOn(hand)
}

function isGettingOn(hand: Hand): boolean {
  return performance.now() - hand.movedMs < codeHandoverMs
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new BlockError(String(thrown))
}

function shuttingDown(): BlockError {
  return new BlockError('The sandbox is shutting down')
}

/** What a run that was aborted fails with. */
export function stopped(): BlockError {
  return new BlockError('The code was stopped')
}
