import 'server-only'
import type { BlockLog } from '../contract/execution'
import { isUuid } from '../contract/ids'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import type { NewBlockLog } from '../data/block-logs'
import { showStored } from '../data/stored-values'

/** What the API shows of block logs. `configOf` gives a block's saved config in the execution's version. Blocks that ran
 *  come in the order they started; skipped ones, when asked for, follow in the order they settled. */
export function showBlockLogs(
  logs: readonly NewBlockLog[],
  options: {
    configOf: (blockId: string) => JsonObject | undefined
    href: (valueId: string) => string
    includesSkipped: boolean
  },
): BlockLog[] {
  const shown = options.includesSkipped ? logs : logs.filter((log) => log.status !== 'skipped')
  return [...shown].sort((a, b) => place(a) - place(b) || a.seq - b.seq).map((log) => showBlockLog(log, options))
}

function showBlockLog(
  log: NewBlockLog,
  { configOf, href }: { configOf: (blockId: string) => JsonObject | undefined; href: (valueId: string) => string },
): BlockLog {
  const config = configOf(log.blockId) ?? {}
  const output = showStored(log.output?.text ?? null, href)
  const ranUnchanged = log.input === null && log.status !== 'skipped'
  return {
    block_id: log.blockId,
    block_type: log.blockType,
    block_name: log.blockName,
    status: log.status,
    duration_ms: log.durationMs,
    input: ranUnchanged ? config : showStored(log.input?.text ?? null, href),
    output,
    error: log.error,
    config_snapshot: config,
    execution_order: log.executionOrder,
    attempts: log.attempts,
    queued_ms: log.queuedMs,
    retry_wait_ms: log.retryWaitMs,
    reused_from: log.reusedFrom ?? null,
    agent_run_id: agentRunOf(output),
    started_at: log.startedAt?.toISOString() ?? null,
    skip_reason: log.skipReason,
    // Written by this code from string[].
    warnings: log.warnings === null ? [] : (JSON.parse(log.warnings) as string[]),
  }
}

/** The run of an agent that a block's data names. */
function agentRunOf(output: Json): string | null {
  const id = isJsonObject(output) ? output['agent_run_id'] : null
  return isUuid(id) ? id : null
}

/** Data by block id of the blocks that ran, in the order they started; large values as markers. */
export function blockOutputsOf(logs: readonly NewBlockLog[], href: (valueId: string) => string): JsonObject {
  const outputs: [string, Json][] = []
  for (const log of [...logs].sort((a, b) => place(a) - place(b)))
    if (log.output) outputs.push([log.blockId, showStored(log.output.text, href)])
  return Object.fromEntries(outputs)
}

function place(log: NewBlockLog): number {
  return log.executionOrder ?? Number.MAX_SAFE_INTEGER
}
