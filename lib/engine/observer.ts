import 'server-only'
import type { FinishedExecution } from './run-execution'
import type { Trigger } from '../contract/execution'
import type { TraceContext } from '../contract/trace-context'

/** Hears what the engine does: metrics, traces and logs hang here. Calls are made in order and are not awaited; none may
 *  throw. Texts come redacted. */
export interface Observer {
  executionStarted(execution: ObservedExecution): ExecutionObservation
}

export interface ObservedExecution {
  id: string
  workflowId: string
  version: number
  trigger: Trigger
  /** Where in a trace the caller stands; null when it said nothing. */
  caller: TraceContext | null
}

/** Hears the rest of one execution. */
export interface ExecutionObservation {
  /** `type` is the canonical one. */
  blockStarted(block: { id: string; type: string; name: string }): BlockObservation
  ended(end: ExecutionEnd): void
}

/** `unrecorded`: the end could not be written; another process will find it. */
export interface ExecutionEnd {
  status: FinishedExecution['status'] | 'unrecorded'
  error: string | null
  errorCode: string | null
  failedBlock: string | null
}

/** Hears the rest of one block. */
export interface BlockObservation {
  /** The block's place in a trace, for what it calls; null when nobody traces. */
  trace: TraceContext | null
  ended(end: { durationMs: number; attempts: number; error: string | null }): void
}

/** One observer that tells several. The first that traces gives the place in the trace. */
export function combineObservers(observers: readonly Observer[]): Observer {
  const [only] = observers
  if (only && observers.length === 1) return only
  return {
    executionStarted(execution) {
      const heard = observers.map((observer) => observer.executionStarted(execution))
      return {
        blockStarted(block) {
          const blocks = heard.map((observation) => observation.blockStarted(block))
          return {
            trace: blocks.find(({ trace }) => trace !== null)?.trace ?? null,
            ended(end) {
              for (const observation of blocks) observation.ended(end)
            },
          }
        },
        ended(end) {
          for (const observation of heard) observation.ended(end)
        },
      }
    },
  }
}
