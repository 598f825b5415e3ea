import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { callOf } from '@/test/call'
import { useTestDatabase } from '@/test/database'
import { createStatsReader } from './read-stats'
import { statsQuery } from '../contract/observation'
import { pool } from '../data/database'
import { uuidV7 } from '../data/uuid-v7'
import { insertWorkflow } from '../data/workflows'
import { maxStatsHours, statsCacheMs } from '../limits'

useTestDatabase()

const now = Date.parse('2026-03-04T12:30:00Z')
let [quick, slow] = ['', '']

async function add(workflowId: string, given: { hoursAgo: number; ms?: number; status?: string }): Promise<void> {
  const { hoursAgo, ms = 10, status = 'completed' } = given
  const at = new Date(now - hoursAgo * 60 * 60 * 1000)
  await pool().query(
    `INSERT INTO executions (id, workflow_id, version, status, trigger, runner_id, created_at, started_at, completed_at)
     VALUES ($1, $2, 1, $3::"ExecutionStatus", 'manual', $4, $5, $5, $6)`,
    [uuidV7(at.getTime()), workflowId, status, randomUUID(), at, new Date(at.getTime() + ms)],
  )
}

function read(hours: number, maxExecutions?: number) {
  return createStatsReader(() => now, maxExecutions)(callOf({ query: { hours }, body: null }))
}

beforeAll(async () => {
  quick = await insertWorkflow({ name: 'Quick' }, null)
  slow = await insertWorkflow({ name: 'Slow' }, null)
  for (const ms of [10, 20, 30]) await add(quick, { hoursAgo: 1, ms })
  await add(slow, { hoursAgo: 2, ms: 4_000 })
  await add(slow, { hoursAgo: 2, ms: 900, status: 'failed' })
  await add(slow, { hoursAgo: 0.1, ms: 300_000, status: 'timed_out' })
  await add(slow, { hoursAgo: 0.1, status: 'cancelled' })
  await add(slow, { hoursAgo: 30 })
})

describe('the figures of the last hours', () => {
  it('count executions by hour and status', async () => {
    const none = { queued: 0, running: 0, completed: 0, failed: 0, cancelled: 0, timed_out: 0 }
    const stats = await read(24)
    expect(stats).toMatchObject({ hours: 24, since: '2026-03-03T12:30:00.000Z', is_complete: true, total: 7 })
    expect(stats.hourly).toEqual([
      { hour: '2026-03-04T10:00:00Z', ...none, completed: 1, failed: 1 },
      { hour: '2026-03-04T11:00:00Z', ...none, completed: 3 },
      { hour: '2026-03-04T12:00:00Z', ...none, cancelled: 1, timed_out: 1 },
    ])
    expect(stats.by_status).toEqual({ ...none, completed: 4, failed: 1, cancelled: 1, timed_out: 1 })
    expect((await read(48)).total).toBe(8)
  })

  it('judge by what completed, failed or ran out of time: who cancels has not failed', async () => {
    expect((await read(24)).success_rate).toBeCloseTo(4 / 6)
  })

  it('name the durations of the middle and of the slow end', async () => {
    expect((await read(24)).duration_ms).toEqual({ p50: 30, p95: 300_000 })
  })

  it('name the slowest workflows and those that fail most', async () => {
    const stats = await read(24)
    expect(stats.slowest).toEqual([
      { workflow_id: slow, name: 'Slow', executions: 3, p50_ms: 4_000, p95_ms: 300_000 },
      { workflow_id: quick, name: 'Quick', executions: 3, p50_ms: 20, p95_ms: 30 },
    ])
    expect(stats.most_failing).toEqual([{ workflow_id: slow, name: 'Slow', executions: 3, failed: 2 }])
  })

  it('are null and empty where nothing ran', async () => {
    const empty = await createStatsReader(() => now + 1e9)(callOf({ query: { hours: 1 }, body: null }))
    expect(empty).toMatchObject({ total: 0, success_rate: null, duration_ms: { p50: null, p95: null }, hourly: [] })
    expect([empty.slowest, empty.most_failing]).toEqual([[], []])
  })

  it('say from when on they are whole when there was more than they read', async () => {
    const stats = await read(24, 3)
    expect(stats).toMatchObject({ total: 3, is_complete: false, since: '2026-03-04T11:30:00.000Z' })
  })

  it('are read once for all who ask within a moment', async () => {
    let time = now
    const reader = createStatsReader(() => time)
    const ask = (hours: number) => reader(callOf({ query: { hours }, body: null }))
    const first = await ask(24)
    expect(await ask(24)).toBe(first)
    expect((await ask(48)).total).toBe(8)
    time += statsCacheMs
    expect(await ask(24)).not.toBe(first)
  })
})

it.each(['0', String(maxStatsHours + 1), '1.5', 'all', '-3', ''])('refuses %j hours', (hours) => {
  expect(statsQuery.safeParse({ hours }).success).toBe(false)
})
