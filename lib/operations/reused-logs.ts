import 'server-only'
import type { JsonObject } from '../contract/json'
import type { NewBlockLog } from '../data/block-logs'
import { readFailurePolicy } from '../engine/failure-policy'
import { upstreamOf, type Plan, type PlanBlock } from '../graph/plan'

/** An execution whose data another run may take over. */
export interface Origin {
  executionId: string
  /** Its logs in the order they settled, values whole. */
  logs: readonly NewBlockLog[]
  /** The saved config a block had in it. */
  configOf(blockId: string): JsonObject | undefined
}

/** Logs of the blocks that a run from `fromBlock` on need not repeat, ready to be recorded with it: they settled in
 *  the origin, do not come after that block, and nothing before them will run either. */
export function reuseLogs(plan: Plan, fromBlock: PlanBlock, origin: Origin): NewBlockLog[] {
  const logOf = new Map(origin.logs.map((log) => [log.blockId, log]))
  const answers = new Map<number, boolean>()
  const isReusable = (block: PlanBlock): boolean => {
    const known = answers.get(block.index)
    if (known !== undefined) return known
    const log = logOf.get(block.block.id)
    const comesAfter = block.index === fromBlock.index || plan.ancestors.has(block.index, fromBlock.index)
    const answer = !comesAfter && hasSettled(block, log) && upstreamOf(plan, block).every(stays)
    answers.set(block.index, answer)
    return answer
  }
  const stays = (index: number): boolean => {
    const block = plan.blocks[index]
    if (!block) return false
    return !block.block.enabled || logOf.get(block.block.id)?.status === 'skipped' || isReusable(block)
  }
  const reused = plan.blocks.filter((block) => isReusable(block)).map(({ block }) => block.id)
  return numbered(
    origin.logs
      .filter((log) => log.status !== 'skipped' && reused.includes(log.blockId))
      .map((log) => reuse(log, origin)),
  )
}

/** Logs of blocks whose data the caller gives: they count as settled. */
export function givenLogs(plan: Plan, data: Record<string, JsonObject>, why: string): NewBlockLog[] {
  const given = plan.blocks.filter(({ block }) => block.enabled && Object.hasOwn(data, block.id))
  return given.map(({ block }) => ({
    ...unrun,
    executionId: '',
    runnerId: '',
    seq: 0,
    blockId: block.id,
    blockType: block.type,
    blockName: block.name,
    status: 'success' as const,
    input: null,
    output: { text: JSON.stringify(data[block.id]), large: null },
    error: null,
    skipReason: null,
    warnings: JSON.stringify([why]),
  }))
}

/** Puts logs into one order, from 0. */
export function numbered(logs: readonly NewBlockLog[]): NewBlockLog[] {
  const ran = [...logs].sort((a, b) => (a.executionOrder ?? 0) - (b.executionOrder ?? 0))
  return logs.map((log, seq) => ({ ...log, seq, executionOrder: ran.indexOf(log) }))
}

/** What a log says of a block that did not run here: no attempt, no time. */
const unrun = { executionOrder: 0, startedAt: null, durationMs: 0, queuedMs: 0, retryWaitMs: 0, attempts: 0 }

function reuse(log: NewBlockLog, origin: Origin): NewBlockLog {
  const reusedFrom = log.reusedFrom ?? origin.executionId
  const input = log.input ?? { text: JSON.stringify(origin.configOf(log.blockId) ?? {}), large: null }
  const warnings = JSON.stringify([`the block did not run: its data was reused from execution ${reusedFrom}`])
  return { ...log, ...unrun, executionOrder: log.executionOrder, input, reusedFrom, warnings }
}

/** A failure is settled only where the graph catches it. */
function hasSettled(block: PlanBlock, log: NewBlockLog | undefined): boolean {
  if (!block.block.enabled || log?.blockType !== block.block.type) return false
  if (log.status === 'success') return true
  const isCaught =
    readFailurePolicy(block.block.config).continues || block.outgoing.some((edge) => edge.on.kind === 'error')
  return log.status === 'error' && isCaught
}
