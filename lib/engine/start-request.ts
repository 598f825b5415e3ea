import 'server-only'
import type { ExecutionStatus, Trigger } from '../contract/execution'
import type { JsonObject } from '../contract/json'
import type { Principal } from '../contract/principal'
import type { TraceContext } from '../contract/trace-context'
import type { AdmissionGuard } from '../data/admission'
import type { NewBlockLog } from '../data/block-logs'
import type { Plan } from '../graph/plan'
import type { TestRun } from './test-run'

/** What is to be run, by whom and with what. */
export interface StartRequest extends AdmissionGuard {
  workflowId: string
  version: number
  plan: Plan
  trigger: Trigger
  /** The webhook block that was called, else null. */
  triggerBlockId: string | null
  /** The run's own input, as it is recorded. */
  input: JsonObject
  /** Workflow variables overlaid by `input`. */
  variables: JsonObject
  request: JsonObject | null
  principal: Principal
  depth: number
  timeoutMs: number
  /** True puts the execution into the durable queue: any worker runs it, and another goes on after a crash. */
  isAsync: boolean
  /** True for a sync run that another process goes on with after a crash. */
  resumes: boolean
  /** True when the caller hears of the execution, its id included, at its end alone: it need not be on disk before. */
  isToldAtEnd?: boolean
  /** The execution this one repeats. */
  originId: string | null
  /** What this run does otherwise than a live one; null for a live one. */
  test?: TestRun | null
  /** Logs of blocks that need not run: they are recorded with the execution. Values whole. */
  settled?: readonly NewBlockLog[]
  /** Where in a trace the caller stands. */
  caller?: TraceContext | null
}

/** Why an execution's signal aborted. */
export class StopReason extends Error {
  constructor(
    readonly status: Extract<ExecutionStatus, 'cancelled' | 'timed_out'>,
    message: string,
  ) {
    super(message)
  }
}
