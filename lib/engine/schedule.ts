import 'server-only'
import type { Plan, PlanBlock, PlanEdge } from '../graph/plan'
import type { BlockData } from '../contract/execution'

/** How a started block ended. `handled` is a failure the graph catches (`on_error: continue`, or an `error` edge);
 *  `stopped` means the execution was cancelled or timed out under it. */
export type BlockOutcome =
  | { kind: 'completed'; data: BlockData }
  | { kind: 'handled'; data: BlockData; continues: boolean }
  | { kind: 'failed' }
  | { kind: 'stopped' }

export interface ScheduleOptions {
  /** Indexes of the blocks this execution enters through. */
  entries: ReadonlySet<number>
  blocksAtOnce: number
  /** When it aborts nothing new starts. */
  signal: AbortSignal
  /** Runs one block that had been ready for `queuedMs`. A rejection means what became of it could not be recorded: it
   *  ends the schedule. */
  run(block: PlanBlock, queuedMs: number): Promise<BlockOutcome>
  /** Milliseconds on any clock. */
  nowMs(): number
  /** Why a block must not run, whatever leads to it; null when it may. */
  exclude?(block: PlanBlock): string | null
  /** Hears of each block that will not run, and why, in the order they settle. */
  skip(block: PlanBlock, reason: string): void
}

/** Runs a compiled plan to its end.
 *
 *  A block waits until all its predecessors are settled (completed, failed or skipped). Then it is `ready` if it is an
 *  entry or at least one of its incoming edges is live, else it is skipped, which settles it in turn. Ready blocks run
 *  at the same time, `blocksAtOnce` at most, first come first served. After a failure nobody handles, and after an
 *  abort, started blocks finish, nothing new starts, and the rest is skipped. Each edge is looked at once.
 *
 *  Returns the index of the block whose failure ended the execution, or null. @throws what `run` rejected with, once the
 *  started blocks have ended; nothing is skipped then. */
export function runSchedule(plan: Plan, options: ScheduleOptions): Promise<number | null> {
  return new Promise((resolve, reject) => {
    new Schedule(plan, options, { resolve, reject }).begin()
  })
}

interface Ending {
  resolve(failedIndex: number | null): void
  reject(error: unknown): void
}

type State = 'waiting' | 'ready' | 'running' | 'completed' | 'handled' | 'failed' | 'skipped'

class Schedule {
  private readonly states: State[]
  private readonly unsettledEdges: number[]
  private readonly isLive: boolean[]
  private readonly ready: { index: number; sinceMs: number }[] = []
  private nextReady = 0
  private running = 0
  private failedIndex: number | null = null
  private rejection: { error: unknown } | null = null
  private isStopped = false

  constructor(
    private readonly plan: Plan,
    private readonly options: ScheduleOptions,
    private readonly ending: Ending,
  ) {
    this.states = plan.blocks.map(() => 'waiting')
    this.unsettledEdges = plan.blocks.map((block) => block.incoming.length)
    this.isLive = plan.blocks.map(() => false)
  }

  begin(): void {
    for (const block of this.plan.blocks) if (block.incoming.length === 0) this.decide(block)
    this.advance()
  }

  private decide(first: PlanBlock): void {
    // A work list, not recursion: a long chain of skipped blocks must not exhaust the stack.
    const undecided = [first]
    for (let block = undecided.pop(); block; block = undecided.pop()) {
      if (this.states[block.index] !== 'waiting') continue
      const reason = this.reasonToSkip(block)
      if (reason === null) {
        this.states[block.index] = 'ready'
        this.ready.push({ index: block.index, sinceMs: this.options.nowMs() })
        continue
      }
      this.states[block.index] = 'skipped'
      this.options.skip(block, reason)
      undecided.push(...this.settleEdges(block, null).reverse())
    }
  }

  private reasonToSkip(block: PlanBlock): string | null {
    if (!block.block.enabled) return 'the block is disabled'
    const excluded = this.options.exclude?.(block) ?? null
    if (excluded !== null) return excluded
    if (this.options.entries.has(block.index)) return null
    if (this.isLive[block.index]) return null
    if (block.incoming.length === 0) return 'this execution does not enter through it'
    const taken = block.incoming.some((edge) => this.states[edge.source] !== 'skipped')
    return taken ? 'no branch leading to it was taken' : 'every block before it was skipped'
  }

  /** Marks the block's outgoing edges settled. Returns the targets that now have none left to wait for. */
  private settleEdges(block: PlanBlock, outcome: BlockOutcome | null): PlanBlock[] {
    const free: PlanBlock[] = []
    for (const edge of block.outgoing) {
      const target = this.plan.blocks[edge.target]
      if (!target) continue
      if (outcome && isEdgeLive(edge, outcome)) this.isLive[edge.target] = true
      const left = (this.unsettledEdges[edge.target] ?? 0) - 1
      this.unsettledEdges[edge.target] = left
      if (left === 0) free.push(target)
    }
    return free
  }

  private advance(): void {
    while (this.canStart()) {
      const next = this.ready[this.nextReady++]
      const block = next && this.plan.blocks[next.index]
      if (block) this.start(block, this.options.nowMs() - next.sinceMs)
    }
    if (this.running === 0) this.end()
  }

  private canStart(): boolean {
    if (this.options.signal.aborted) this.isStopped = true
    return !this.isStopped && this.running < this.options.blocksAtOnce && this.nextReady < this.ready.length
  }

  private start(block: PlanBlock, queuedMs: number): void {
    this.states[block.index] = 'running'
    this.running++
    void this.options
      .run(block, queuedMs)
      .then(
        (outcome) => this.settle(block, outcome),
        (error: unknown) => {
          this.isStopped = true
          this.rejection ??= { error }
        },
      )
      .then(() => {
        this.running--
        this.advance()
      })
  }

  private settle(block: PlanBlock, outcome: BlockOutcome): void {
    if (outcome.kind === 'failed' || outcome.kind === 'stopped') {
      this.states[block.index] = 'failed'
      this.isStopped = true
      if (outcome.kind === 'failed') this.failedIndex ??= block.index
      return
    }
    this.states[block.index] = outcome.kind
    for (const target of this.settleEdges(block, outcome)) this.decide(target)
  }

  private end(): void {
    if (this.rejection) return this.ending.reject(this.rejection.error)
    const reason = this.failedIndex === null ? 'the execution was stopped before it' : 'an earlier block failed'
    for (const block of this.plan.blocks) {
      const state = this.states[block.index]
      if (state === 'waiting' || state === 'ready') this.options.skip(block, reason)
    }
    this.ending.resolve(this.failedIndex)
  }
}

/** Whether what comes out of a block passes along an edge. Source: API contract, section 6, "Edge liveness". */
function isEdgeLive(edge: PlanEdge, outcome: BlockOutcome): boolean {
  if (outcome.kind === 'handled') return outcome.continues || edge.on.kind === 'error'
  if (outcome.kind !== 'completed') return false
  switch (edge.on.kind) {
    case 'always':
      return true
    case 'error':
      return false
    case 'route':
      return outcome.data['route'] === edge.on.route
  }
}
