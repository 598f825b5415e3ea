import type { BlockData, BlockLog, ExecutionEvent, ExecutionItem, ExecutionStatus } from '../contract/execution'
import { isJsonObject } from '../contract/json'
import type { LiveBlock, LiveSlice } from './editor-state'
import { isStopped } from './is-stopped'

/** No execution is painted. */
export const idleLive: LiveSlice = {
  status: 'idle',
  executionId: null,
  error: null,
  input: null,
  output: null,
  version: null,
  past: null,
  blocks: new Map(),
  lastData: new Map(),
}

/** Takes the last execution off the canvas and waits for the first event of the next. What pickers show stays. */
export function startLive({ lastData }: LiveSlice): LiveSlice {
  return { ...idleLive, status: 'starting', lastData }
}

/** Paints events as they come, several at once: the browser hears of them in bunches. Blocks that no event names keep
 *  their identity. */
export function applyEvents(live: LiveSlice, events: readonly ExecutionEvent[], now: number): LiveSlice {
  if (events.length === 0) return live
  const blocks = new Map(live.blocks)
  const lastData = new Map(live.lastData)
  const next = { ...live, blocks, lastData }
  for (const event of events) {
    switch (event.type) {
      case 'execution_start':
        next.executionId = event.execution_id
        next.status = 'running'
        break
      case 'done':
        Object.assign(next, { executionId: event.execution_id, status: event.status, output: event.output })
        break
      case 'error':
        Object.assign(next, {
          executionId: event.execution_id,
          status: statusOf(event.error_code),
          error: { message: event.error, code: event.error_code },
        })
        break
      default: {
        const before = blocks.get(event.block_id)
        const block = applyBlockEvent(before, event, { now, order: startedCount(blocks, before) })
        blocks.set(event.block_id, block)
        if (block.data && block.data !== before?.data) lastData.set(event.block_id, block.data)
      }
    }
  }
  return next.status === 'running' ? next : { ...next, blocks: settle(blocks, next) }
}

/** Paints an execution that is over (or runs elsewhere) from its logs, skipped blocks included. */
export function liveOfLogs(
  live: LiveSlice,
  execution: Pick<ExecutionItem, 'id' | 'status' | 'input' | 'output' | 'error' | 'error_code' | 'version'>,
  logs: readonly BlockLog[],
): LiveSlice {
  const lastData = new Map(live.lastData)
  const blocks = new Map<string, LiveBlock>()
  for (const log of logs) {
    const data = log.status === 'success' && isJsonObject(log.output) ? log.output : null
    if (data) lastData.set(log.block_id, data)
    blocks.set(log.block_id, {
      status: isStopped(execution, log) ? 'cancelled' : log.status,
      order: log.execution_order,
      startedAt: log.started_at === null ? null : Date.parse(log.started_at),
      durationMs: log.status === 'skipped' ? null : log.duration_ms,
      text: '',
      data,
      error: log.error,
      skipReason: log.skip_reason,
    })
  }
  const { id: executionId, status, input, output, version, error: message, error_code: code } = execution
  const error = message === null ? null : { message, code: code ?? '' }
  return { status, executionId, error, input, output, version, past: null, blocks, lastData }
}

const freshBlock: LiveBlock = {
  status: 'running',
  order: null,
  startedAt: null,
  durationMs: null,
  text: '',
  data: null,
  error: null,
  skipReason: null,
}

type BlockEvent = Extract<ExecutionEvent, { block_id: string }>

function applyBlockEvent(
  before: LiveBlock | undefined,
  event: BlockEvent,
  { now, order }: { now: number; order: number },
): LiveBlock {
  // A stream that was taken up again may tell of a block without its start.
  const block = before ?? { ...freshBlock, order }
  switch (event.type) {
    case 'block_start':
      return { ...freshBlock, order, startedAt: now }
    case 'block_chunk':
      return { ...block, text: block.text + event.chunk }
    case 'block_step':
      // The canvas shows no more of a block than its words.
      return block
    case 'block_complete':
      return { ...block, status: 'success', durationMs: event.duration_ms, data: event.data }
    case 'block_error': {
      const data: BlockData = { output: null, error: event.data.error }
      return { ...block, status: 'error', durationMs: event.duration_ms, error: event.data.error, data }
    }
    case 'block_skip':
      return { ...freshBlock, status: 'skipped', skipReason: event.reason }
  }
}

function startedCount(blocks: ReadonlyMap<string, LiveBlock>, before: LiveBlock | undefined): number {
  if (before?.order != null) return before.order
  let count = 0
  for (const { order } of blocks.values()) if (order !== null) count++
  return count
}

/** Blocks that were at work when the execution ended were stopped: they do not go on spinning. */
function settle(blocks: Map<string, LiveBlock>, { status, error }: LiveSlice): Map<string, LiveBlock> {
  if (status === 'starting' || status === 'idle' || status === 'queued' || status === 'lost') return blocks
  const execution = { status, error: error?.message ?? null }
  const settled = status === 'cancelled' ? 'cancelled' : 'error'
  for (const [id, block] of blocks) {
    if (block.status === 'running') blocks.set(id, { ...block, status: settled, error: stoppedBecause[status] })
    else if (isStopped(execution, block)) blocks.set(id, { ...block, status: 'cancelled' })
  }
  return blocks
}

const stoppedBecause = {
  running: '',
  completed: 'Stopped with the execution',
  failed: 'Stopped with the execution',
  cancelled: 'Cancelled',
  timed_out: 'The execution ran out of time',
} as const

function statusOf(code: string): ExecutionStatus {
  if (code === 'EXECUTION_CANCELLED') return 'cancelled'
  return code === 'EXECUTION_TIMEOUT' ? 'timed_out' : 'failed'
}
