import { describe, expect, it } from 'vitest'
import { catalog } from '../blocks/catalog'
import type { BlockLog, ExecutionEvent } from '../contract/execution'
import type { Block, Edge } from '../contract/graph'
import type { LiveBlock } from './editor-state'
import { applyEvents, idleLive, liveOfLogs, startLive } from './live'
import { isEdgeLit } from './live-edges'

const start: ExecutionEvent = { type: 'execution_start', execution_id: 'x' }
const begin = (block_id: string): ExecutionEvent => ({ type: 'block_start', block_id, block_type: 'code' })
const chunk = (block_id: string, text: string): ExecutionEvent => ({
  type: 'block_chunk',
  block_id,
  block_type: 'agent',
  chunk: text,
})
const complete = (block_id: string, output: number): ExecutionEvent => ({
  type: 'block_complete',
  block_id,
  block_type: 'code',
  data: { output },
  duration_ms: 12,
})

describe('events of an execution', () => {
  it('paint each block from its start to its data, streamed text in between', () => {
    const running = applyEvents(
      startLive(idleLive),
      [start, begin('a'), chunk('a', 'Hel'), chunk('a', 'lo'), begin('b')],
      500,
    )
    expect(running).toMatchObject({ status: 'running', executionId: 'x' })
    expect(running.blocks.get('a')).toMatchObject({ status: 'running', text: 'Hello', startedAt: 500, order: 0 })
    const next = applyEvents(
      running,
      [complete('a', 7), { type: 'block_skip', block_id: 'c', block_type: 'code', reason: 'no way in' }],
      600,
    )
    expect(next.blocks.get('a')).toMatchObject({
      status: 'success',
      durationMs: 12,
      data: { output: 7 },
      text: 'Hello',
    })
    expect(next.blocks.get('c')).toMatchObject({ status: 'skipped', skipReason: 'no way in', order: null })
    expect(next.blocks.get('b')).toBe(running.blocks.get('b'))
    expect(next.lastData.get('a')).toEqual({ output: 7 })
  })

  it('end with the output', () => {
    const live = applyEvents(
      idleLive,
      [start, begin('a'), complete('a', 1), { type: 'done', execution_id: 'x', status: 'completed', output: [1] }],
      0,
    )
    expect(live).toMatchObject({ status: 'completed', output: [1], error: null })
  })

  it.each([
    ['EXECUTION_FAILED', 'failed', 'error'],
    ['EXECUTION_CANCELLED', 'cancelled', 'cancelled'],
    ['EXECUTION_TIMEOUT', 'timed_out', 'error'],
  ])('that end with %s leave no block running: execution %s, block %s', (error_code, status, blockStatus) => {
    const live = applyEvents(
      idleLive,
      [start, begin('a'), { type: 'error', execution_id: 'x', error: 'why', error_code }],
      0,
    )
    expect(live).toMatchObject({ status, error: { message: 'why', code: error_code } })
    expect(live.blocks.get('a')?.status).toBe(blockStatus)
  })

  it('that end with a cancel say cancelled of what was stopped with it, not of what failed before', () => {
    const failed = (block_id: string, error: string) =>
      ({ type: 'block_error', block_id, block_type: 'code', duration_ms: 1, data: { error } }) as const
    const end = { type: 'error', execution_id: 'x', error: 'stopped', error_code: 'EXECUTION_CANCELLED' } as const
    const live = applyEvents(idleLive, [start, failed('a', 'broke'), failed('b', 'stopped'), end], 0)
    expect([...live.blocks.values()].map(({ status }) => status)).toEqual(['error', 'cancelled'])
  })

  it('of the next execution clear the canvas, but not what pickers show', () => {
    const first = applyEvents(idleLive, [start, begin('a'), complete('a', 1)], 0)
    const next = startLive(first)
    expect(next).toMatchObject({ status: 'starting', executionId: null })
    expect(next.blocks.size).toBe(0)
    expect(next.lastData.get('a')).toEqual({ output: 1 })
  })
})

it('an execution of the past is painted from its logs', () => {
  const log: BlockLog = {
    block_id: 'a',
    block_type: 'code',
    block_name: 'A',
    status: 'success',
    duration_ms: 3,
    input: null,
    output: { output: 5 },
    error: null,
    config_snapshot: {},
    execution_order: 0,
    attempts: 1,
    agent_run_id: null,
    started_at: '2026-01-01T00:00:00.000Z',
    skip_reason: null,
    warnings: [],
    queued_ms: 0,
    retry_wait_ms: 0,
    reused_from: null,
  }
  const execution = {
    id: 'x',
    status: 'failed',
    input: null,
    version: 1,
    output: null,
    error: 'b broke',
    error_code: 'EXECUTION_FAILED',
  } as const
  const live = liveOfLogs(idleLive, execution, [
    log,
    { ...log, block_id: 's', status: 'skipped', output: null, skip_reason: 'off', execution_order: null },
  ])
  expect(live).toMatchObject({ status: 'failed', executionId: 'x', error: { message: 'b broke' } })
  expect(live.blocks.get('a')).toMatchObject({
    status: 'success',
    data: { output: 5 },
    startedAt: Date.UTC(2026, 0, 1),
  })
  expect(live.blocks.get('s')).toMatchObject({ status: 'skipped', durationMs: null, skipReason: 'off' })
  const cut: BlockLog = { ...log, status: 'error', output: null, error: 'The execution was cancelled' }
  const cancelled = { ...execution, status: 'cancelled', error: 'The execution was cancelled' } as const
  expect(liveOfLogs(idleLive, cancelled, [cut]).blocks.get('a')?.status).toBe('cancelled')
})

describe('an edge', () => {
  const edge: Edge = {
    id: 'e',
    source: 'a',
    target: 'b',
    sourceHandle: 'output',
    targetHandle: 'input',
    condition: null,
  }
  const done = { status: 'success', data: { output: true, route: 'if' } } as unknown as LiveBlock
  const failed = { status: 'error', data: null } as unknown as LiveBlock
  it.each<[string, string, Partial<Edge>, object, LiveBlock | undefined, boolean]>([
    ['of a block that completed', 'code', {}, {}, done, true],
    ['of a block that failed', 'code', {}, {}, failed, false],
    ['of a block that goes on when it fails', 'code', {}, { on_error: 'continue' }, failed, true],
    ['from the error handle of a block that failed', 'code', { sourceHandle: 'error' }, {}, failed, true],
    ['from the error handle of one that did not', 'code', { sourceHandle: 'error' }, {}, done, false],
    ['of the branch taken', 'condition', { sourceHandle: 'if' }, {}, done, true],
    ['of another branch', 'condition', { sourceHandle: 'else' }, {}, done, false],
    ['of a block nothing happened to', 'code', {}, {}, undefined, false],
  ])('%s lights up or not', (_title, type, more, config, live, isLit) => {
    const block: Block = { id: 'a', type, name: '', position: { x: 0, y: 0 }, config: { ...config }, enabled: true }
    expect(isEdgeLit({ ...edge, ...more }, block, catalog.get(type)!, live)).toBe(isLit)
  })
})
