import 'server-only'
import { readFailurePolicy } from './failure-policy'
import type { RunningExecution } from './running-execution'
import type { BlockOutcome } from './schedule'
import type { BlockData } from '../contract/execution'
import { isJsonObject } from '../contract/json'
import type { NewBlockLog } from '../data/block-logs'
import type { PlanBlock } from '../graph/plan'

/** The outcome a block had reached before the execution was taken over, or null when it has to run. Its data becomes
 *  readable for the blocks after it. `settled` are the logs found, values whole. */
export function settledBefore(
  block: PlanBlock,
  execution: RunningExecution,
  settled: readonly NewBlockLog[],
): BlockOutcome | null {
  const log = settled.find((candidate) => candidate.blockId === block.block.id && candidate.status !== 'skipped')
  if (!log) return null
  const data = dataOf(log)
  if (log.status === 'success') {
    execution.data[block.index] = data
    return { kind: 'completed', data }
  }
  const { continues } = readFailurePolicy(block.block.config)
  if (!continues && !block.outgoing.some((edge) => edge.on.kind === 'error')) {
    execution.failure ??= { blockIndex: block.index, message: log.error ?? '' }
    return { kind: 'failed' }
  }
  execution.data[block.index] = data
  return { kind: 'handled', data, continues }
}

function dataOf(log: NewBlockLog): BlockData {
  const value: unknown = JSON.parse(log.output?.text ?? '{}')
  return isJsonObject(value) ? value : {}
}
