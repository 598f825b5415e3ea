import { describe, expect, it } from 'vitest'
import type { BlockLog, ExecutionItem } from '@/lib/contract/execution'
import { noProgress } from '@/lib/editor/block-progress'
import { layTimeline } from './timeline'

const at = (ms: number) => new Date(1_000_000 + ms).toISOString()

const execution: ExecutionItem = {
  id: 'e',
  workflow_id: 'w',
  status: 'completed',
  trigger: 'manual',
  input: {},
  output: null,
  error: null,
  error_code: null,
  version: 1,
  origin_execution_id: null,
  created_at: at(0),
  started_at: at(100),
  completed_at: at(1_000),
  duration_ms: 900,
  is_kept: false,
}

function logOf(over: Partial<BlockLog>): BlockLog {
  return {
    block_id: 'b',
    block_type: 'code',
    block_name: '',
    status: 'success',
    duration_ms: 0,
    input: null,
    output: null,
    error: null,
    config_snapshot: null,
    execution_order: 0,
    attempts: 1,
    queued_ms: 0,
    retry_wait_ms: 0,
    reused_from: null,
    agent_run_id: null,
    started_at: null,
    skip_reason: null,
    warnings: [],
    ...over,
  }
}

describe('layTimeline', () => {
  it('places a block where it ran between creation and end, with its waits', () => {
    const log = logOf({ started_at: at(250), duration_ms: 500, queued_ms: 100, retry_wait_ms: 200, attempts: 3 })
    const timeline = layTimeline(execution, [log], [], 0)
    expect(timeline.totalMs).toBe(1_000)
    const told = 'Waited 100 ms for its turn, then ran 500 ms, 200 ms of it between 3 attempts'
    const bar = { left: 0.25, width: 0.5, queued: 0.1, retryWait: 0.2, told }
    expect(timeline.lines[0]).toMatchObject({ name: 'b', attempts: 3, bar })
  })

  it('says of a block whose data was reused that it did not run', () => {
    const { lines } = layTimeline(execution, [logOf({ started_at: at(250), reused_from: 'other' })], [], 0)
    expect(lines[0]).toMatchObject({ bar: null, remark: 'Not run: its data comes from an earlier execution' })
  })

  it('puts skipped blocks last, without a bar, with the reason', () => {
    const skipped = logOf({ block_id: 's', status: 'skipped', skip_reason: 'branch not taken', execution_order: null })
    const { lines } = layTimeline(execution, [skipped, logOf({ started_at: at(100) })], [], 0)
    expect(lines.map(({ blockId }) => blockId)).toEqual(['b', 's'])
    expect(lines[1]).toMatchObject({ bar: null, remark: 'branch not taken' })
  })

  it('says of a block that was stopped with its execution that it was cancelled, not that it failed', () => {
    const cancelled = { ...execution, status: 'cancelled', error: 'The execution was cancelled' } as const
    const stopped = logOf({ status: 'error', error: 'The execution was cancelled', started_at: at(250) })
    const failed = logOf({ status: 'error', error: 'no such file', started_at: at(250) })
    const { lines } = layTimeline(cancelled, [failed, stopped], [], 0)
    expect(lines.map(({ status }) => status)).toEqual(['error', 'cancelled'])
  })

  it('lets a block that still runs grow up to now', () => {
    const started = {
      blockId: 'r',
      blockName: 'Read',
      blockType: 'code',
      startedAt: 1_000_500,
      text: '',
      ...noProgress,
    }
    const unfinished = { ...execution, status: 'running', completed_at: null } as const
    const { totalMs, lines } = layTimeline(unfinished, [], [started], 1_002_000)
    expect(totalMs).toBe(2_000)
    expect(lines[0]).toMatchObject({
      name: 'Read',
      status: 'running',
      durationMs: 1_500,
      bar: { left: 0.25, width: 0.75 },
    })
  })
})
