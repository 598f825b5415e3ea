import 'server-only'
import { setMaxListeners } from 'node:events'
import type { ExecutionEvent } from '../contract/execution'
import { blocksAtOncePerExecution } from '../limits'

/** A block's run, its place in a queue and what it calls; a generous bound. */
const stopListenersPerBlock = 8

/** An event with its place in the stream, from 1: what `Last-Event-ID` names. */
export interface NumberedEvent {
  id: number
  event: ExecutionEvent
}

/** The events of one execution while this process runs it: watchers may come, leave and come back. */
export class LiveExecution {
  private readonly events: NumberedEvent[] = []
  private readonly wake = new Set<() => void>()
  private isOver = false
  get hasEnded(): boolean {
    return this.isOver
  }
  /** True once somebody watched: then the events are kept for a while after the end, for a client that reconnects. */
  wasWatched = false

  constructor(
    readonly workflowId: string,
    readonly abort: AbortController,
  ) {
    // All blocks at work wait for the same stop; Node takes more than 10 for a leak.
    setMaxListeners(blocksAtOncePerExecution * stopListenersPerBlock, abort.signal)
  }

  publish(event: ExecutionEvent): void {
    this.events.push({ id: this.events.length + 1, event })
    for (const wake of this.wake) wake()
  }

  /** No event follows. */
  end(): void {
    this.isOver = true
    for (const wake of this.wake) wake()
  }

  /** Events after `lastEventId`, then new ones as they come, until the execution has ended. */
  async *watch(lastEventId: number): AsyncGenerator<NumberedEvent> {
    this.wasWatched = true
    let next = Math.max(0, lastEventId)
    for (;;) {
      for (; next < this.events.length; next++) {
        const numbered = this.events[next]
        if (numbered) yield numbered
      }
      if (this.isOver && next >= this.events.length) return
      await this.nextWake()
    }
  }

  private nextWake(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.wake.delete(wake)
        resolve()
      }
      this.wake.add(wake)
      if (this.isOver) wake()
    })
  }
}
