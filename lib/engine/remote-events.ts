import 'server-only'
import { LiveExecution, type NumberedEvent } from './live-executions'
import type { Engine } from './engine'
import type { ExecutionEvent } from '../contract/execution'
import { remoteWatchMs } from '../limits'

/** Channels between the processes of an installation. */
export const channels = { cancel: 'sluice_cancel', watch: 'sluice_watch', event: 'sluice_event' } as const

interface RemoteEvent {
  executionId: string
  id: number
  event: ExecutionEvent
}

/** Events of executions that other processes run.
 *
 *  A watcher asks on `sluice_watch`, again and again until it hears something: the execution may still be queued. The
 *  process that runs it answers on `sluice_event` with every event so far and each new one. A watcher drops what it
 *  has already. When the last event never comes (that process died), `isOver` tells: it reads the tables. */
export class RemoteEvents {
  readonly #watched = new Map<string, { live: LiveExecution; next: number; watchers: number }>()
  readonly #relayed = new Set<string>()

  constructor(
    private readonly engine: Engine,
    private readonly send: (channel: string, text: string) => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** What this process does with the messages it hears. */
  handlers(): Record<string, (text: string) => void> {
    return {
      [channels.cancel]: (executionId) => void this.engine.cancel(executionId).catch(this.onError),
      [channels.watch]: (executionId) => void this.relay(executionId).catch(this.onError),
      [channels.event]: (text) => {
        // Sent by `relay` of another process of this installation.
        this.receive(JSON.parse(text) as RemoteEvent)
      },
    }
  }

  /** Asks the process that runs an execution to stop it. */
  async cancel(executionId: string): Promise<void> {
    await this.send(channels.cancel, executionId)
  }

  /** Events of an execution that runs elsewhere, from a place on; ends when it has ended or `isOver` says so. */
  async *watch(
    executionId: string,
    lastEventId: number,
    isOver: () => Promise<boolean>,
  ): AsyncGenerator<NumberedEvent> {
    const entry = this.#watched.get(executionId) ?? {
      live: new LiveExecution('', new AbortController()),
      next: 1,
      watchers: 0,
    }
    this.#watched.set(executionId, entry)
    entry.watchers++
    const ask = () => void this.askOrEnd(executionId, isOver).catch(this.onError)
    const timer = setInterval(ask, remoteWatchMs)
    ask()
    try {
      yield* entry.live.watch(lastEventId)
    } finally {
      clearInterval(timer)
      if (--entry.watchers === 0) this.#watched.delete(executionId)
    }
  }

  private async askOrEnd(executionId: string, isOver: () => Promise<boolean>): Promise<void> {
    await this.send(channels.watch, executionId)
    if (await isOver()) {
      // Its last event may still be on the way: what is not there by the next time will not come.
      await new Promise((resolve) => setTimeout(resolve, remoteWatchMs))
      this.#watched.get(executionId)?.live.end()
    }
  }

  private receive({ executionId, id, event }: RemoteEvent): void {
    const entry = this.#watched.get(executionId)
    if (!entry || id !== entry.next) return
    entry.next++
    entry.live.publish(event)
    if (event.type === 'done' || event.type === 'error') entry.live.end()
  }

  /** Sends the events of an execution that runs here, the past ones first. */
  private async relay(executionId: string): Promise<void> {
    if (this.#relayed.has(executionId)) return
    const events = this.engine.watch(executionId, 0)
    if (!events) return
    this.#relayed.add(executionId)
    try {
      for await (const { id, event } of events)
        await this.send(channels.event, JSON.stringify({ executionId, id, event } satisfies RemoteEvent))
    } finally {
      this.#relayed.delete(executionId)
    }
  }
}
