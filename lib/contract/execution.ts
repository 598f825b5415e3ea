import type { ToolCall } from './agent-runs'
import type { Json, JsonObject } from './json'
import type { OrchestrationStep } from './orchestrations'

export const executionStatuses = ['queued', 'running', 'completed', 'failed', 'cancelled', 'timed_out'] as const
export type ExecutionStatus = (typeof executionStatuses)[number]

/** What started an execution. */
export const triggers = ['manual', 'webhook', 'schedule', 'platform', 'mcp'] as const
export type Trigger = (typeof triggers)[number]

/** What a block hands on: `output` and the block type's other fields (`route`, `status_code`, `error`, …). */
export type BlockData = JsonObject

/** An execution as the API lists it. Source: contract section 2. */
export interface ExecutionItem {
  id: string
  workflow_id: string
  status: ExecutionStatus
  trigger: Trigger
  input: Json
  output: Json
  error: string | null
  error_code: string | null
  version: number
  /** The execution this one repeats, wholly or in part. */
  origin_execution_id: string | null
  started_at: string | null
  completed_at: string | null
  created_at: string
  duration_ms: number | null
  /** Stays whatever the workflow's retention says. */
  is_kept: boolean
}

/** One block of one execution, as the logs route shows it. Secrets are removed before it exists. */
export interface BlockLog {
  block_id: string
  block_type: string
  block_name: string
  status: 'success' | 'error' | 'skipped'
  /** Milliseconds the block ran, all attempts and waits between them included. */
  duration_ms: number
  input: Json
  output: Json
  error: string | null
  config_snapshot: Json
  /** Counts started blocks from 0; null for a skipped one. */
  execution_order: number | null
  attempts: number
  /** Milliseconds between being ready and starting. */
  queued_ms: number
  /** Milliseconds waited between attempts; part of `duration_ms`. */
  retry_wait_ms: number
  /** The execution whose data was reused; null when the block ran here, or was skipped. */
  reused_from: string | null
  agent_run_id: string | null
  started_at: string | null
  /** Why the block was skipped; null when it ran. */
  skip_reason: string | null
  /** Conditions whose branch errored and the like. */
  warnings: string[]
}

/** What happens inside a block that talks to models: a tool is called or has answered, a member of an orchestration
 *  begins or has ended, a member says more. */
export type BlockStep =
  | { kind: 'tool'; tool_call: ToolCall; is_running: boolean }
  | { kind: 'member'; member: OrchestrationStep }
  | { kind: 'member_text'; index: number; chunk: string }

/** Frames of an execution's event stream, in order. Source: contract section 8; `block_step` is ours. */
export type ExecutionEvent =
  | { type: 'execution_start'; execution_id: string }
  | { type: 'block_start'; block_id: string; block_type: string }
  | { type: 'block_chunk'; block_id: string; block_type: string; chunk: string }
  | { type: 'block_step'; block_id: string; block_type: string; step: BlockStep }
  | { type: 'block_complete'; block_id: string; block_type: string; data: BlockData; duration_ms: number }
  | { type: 'block_error'; block_id: string; block_type: string; data: { error: string }; duration_ms: number }
  | { type: 'block_skip'; block_id: string; block_type: string; reason: string }
  | { type: 'done'; execution_id: string; status: 'completed'; output: Json }
  | { type: 'error'; error: string; error_code: string; execution_id: string }

/** How the HTTP answer of a webhook run is shaped, as its response block chose. */
export interface ResponseShape {
  status: number
  headers: Record<string, string>
  raw: boolean
}
