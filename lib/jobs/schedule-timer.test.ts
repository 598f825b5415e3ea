import { randomBytes } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callOf } from '@/test/call'
import { useTestDatabase } from '@/test/database'
import { fireDueSchedules, startScheduleTimer } from './schedule-timer'
import type { JsonObject } from '../contract/json'
import { pool } from '../data/database'
import { useEncryptionKey } from '../data/encryption'
import { uuidV7 } from '../data/uuid-v7'
import { createWorkflow } from '../operations/create-workflow'
import { deployWorkflow } from '../operations/deploy-workflow'
import { getWorkflow } from '../operations/get-workflow'
import { saveGraph } from '../operations/save-graph'
import { undeployWorkflow } from '../operations/undeploy-workflow'
import { updateWorkflow } from '../operations/update-workflow'

useTestDatabase()
beforeAll(() => {
  useEncryptionKey(randomBytes(32))
})

let queued: string[] = []
beforeEach(async () => {
  queued = []
  await pool().query('DELETE FROM schedules')
})

const parts = {
  newId: () => uuidV7(),
  enqueue: (ids: readonly string[]) => {
    queued.push(...ids)
    return Promise.resolve()
  },
}
const hourly = {
  schedule_enabled: true,
  schedule_type: 'interval',
  schedule_interval_value: 1,
  schedule_interval_unit: 'hours',
}
const on = (id: string) => callOf({ params: { id } })
const save = (id: string, config: JsonObject) =>
  saveGraph(callOf({ params: { id }, body: { blocks: [{ id: 'start', type: 'starter', config }] } }))

async function deployed(config: JsonObject = hourly): Promise<string> {
  const { id } = await createWorkflow(callOf({ body: { name: 'Flow', variables: { city: 'Oslo' } } }))
  await save(id, config)
  await deployWorkflow(on(id))
  return id
}

const makeDue = (id: string, secondsAgo = 1) =>
  pool().query(`UPDATE schedules SET next_fire_at = now() - make_interval(secs => $2) WHERE workflow_id = $1`, [
    id,
    secondsAgo,
  ])
const executionsOf = async (id: string) =>
  (
    await pool().query<{
      id: string
      trigger: string
      status: string
      version: number
      input: string
      context: string
    }>(
      'SELECT id, trigger, status, version, input, context FROM executions WHERE workflow_id = $1 ORDER BY created_at',
      [id],
    )
  ).rows
const nextRuns = async (id: string) => (await getWorkflow(on(id))).next_runs
const hourMs = 3_600_000

describe('a schedule', () => {
  it('runs the deployed version with `_trigger` and the owner’s rights when its time has come, not before', async () => {
    const id = await deployed()
    expect(await fireDueSchedules(parts)).toBe(0)
    await save(id, { ...hourly, input: { draft: true } })
    await makeDue(id)
    expect(await fireDueSchedules(parts)).toBe(1)
    const [execution] = await executionsOf(id)
    expect(execution).toMatchObject({ trigger: 'schedule', status: 'queued', version: 1 })
    expect(JSON.parse(execution?.input ?? '')).toEqual({ _trigger: 'schedule' })
    expect(JSON.parse(execution?.context ?? '')).toMatchObject({
      principal: { kind: 'schedule' },
      variables: { city: 'Oslo', _trigger: 'schedule' },
    })
    expect(queued).toEqual([execution?.id])
    expect(await fireDueSchedules(parts)).toBe(0)
  })

  it('that is late by many ticks fires once and goes on from now', async () => {
    const id = await deployed()
    await pool().query(`UPDATE schedules SET anchor_at = now() - interval '10 hours 30 minutes'`)
    await makeDue(id, 9.5 * 3600)
    expect(await fireDueSchedules(parts)).toBe(1)
    const [next = ''] = await nextRuns(id)
    expect(Date.parse(next) - Date.now()).toBeGreaterThan(0.4 * hourMs)
    expect(Date.parse(next) - Date.now()).toBeLessThan(0.6 * hourMs)
  })

  it('fires once however many processes look at the same moment', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => deployed()))
    await Promise.all(ids.map((id) => makeDue(id)))
    const fired = await Promise.all(Array.from({ length: 8 }, () => fireDueSchedules(parts)))
    expect(fired.reduce((sum, count) => sum + count, 0)).toBe(5)
    expect(new Set(queued).size).toBe(5)
    for (const id of ids) expect(await executionsOf(id)).toHaveLength(1)
  })

  it('is neither fired nor moved on when the run cannot be queued', async () => {
    const id = await deployed()
    await makeDue(id)
    const failing = { ...parts, enqueue: () => Promise.reject(new Error('no queue')) }
    await expect(fireDueSchedules(failing)).rejects.toThrow('no queue')
    expect(await executionsOf(id)).toEqual([])
    expect(await fireDueSchedules(parts)).toBe(1)
  })

  it('ends after `schedule_max_runs` runs', async () => {
    const id = await deployed({ ...hourly, schedule_max_runs: 2 })
    expect(await nextRuns(id)).toHaveLength(2)
    await makeDue(id)
    await fireDueSchedules(parts)
    expect(await nextRuns(id)).toHaveLength(1)
    await makeDue(id)
    await fireDueSchedules(parts)
    expect(await nextRuns(id)).toEqual([])
    expect(await fireDueSchedules(parts)).toBe(0)
    expect(await executionsOf(id)).toHaveLength(2)
  })

  it('ends at its end', async () => {
    const soon = new Date(Date.now() + 1.5 * hourMs).toISOString()
    const id = await deployed({ ...hourly, schedule_end_at: soon })
    expect(await nextRuns(id)).toHaveLength(1)
    await pool().query(`UPDATE schedules SET anchor_at = now() - interval '1 hour'`)
    await makeDue(id)
    await fireDueSchedules(parts)
    expect(await nextRuns(id)).toHaveLength(1)
  })

  it('stops with undeploy and with the workflow', async () => {
    const [id, gone] = [await deployed(), await deployed()]
    await makeDue(id)
    await makeDue(gone)
    await undeployWorkflow(on(id))
    await pool().query('DELETE FROM workflows WHERE id = $1', [gone])
    expect(await fireDueSchedules(parts)).toBe(0)
    expect(await getWorkflow(on(id))).toMatchObject({ schedule_config: null, next_runs: [] })
  })

  it('of a workflow with pinned data runs without it', async () => {
    const id = await deployed()
    await updateWorkflow(callOf({ params: { id }, body: { pins: { start: { output: 1 } } } }))
    await makeDue(id)
    await fireDueSchedules(parts)
    expect((await executionsOf(id))[0]?.context).not.toContain('pins')
  })
})

describe('deploying', () => {
  it('shows the next five times the schedule fires', async () => {
    const id = await deployed({ schedule_enabled: true, schedule_type: 'cron', schedule_cron: '0 9 1 1 *' })
    const year = new Date().getUTCFullYear() + 1
    expect(await nextRuns(id)).toEqual([0, 1, 2, 3, 4].map((years) => `${year + years}-01-01T09:00:00.000Z`))
  })

  it('again leaves a schedule by the same rules where it stands, and takes up a changed one from now', async () => {
    const id = await deployed({ ...hourly, schedule_max_runs: 3 })
    await makeDue(id)
    await fireDueSchedules(parts)
    const before = await nextRuns(id)
    await deployWorkflow(on(id))
    expect(await nextRuns(id)).toEqual(before)
    await save(id, { ...hourly, schedule_max_runs: 2 })
    await deployWorkflow(on(id))
    expect(await nextRuns(id)).toHaveLength(2)
  })

  it('a graph without a schedule ends the one before', async () => {
    const id = await deployed()
    await save(id, {})
    await deployWorkflow(on(id))
    expect(await nextRuns(id)).toEqual([])
    expect((await pool().query('SELECT 1 FROM schedules')).rowCount).toBe(0)
  })
})

it('the timer fires what is due and stops when it is told to', async () => {
  const id = await deployed()
  await makeDue(id)
  const timer = startScheduleTimer({ ...parts, intervalMs: 1, onError: () => undefined })
  await expect.poll(() => executionsOf(id)).toHaveLength(1)
  await timer.stop()
})

it('looking for due schedules reads the index, not the table', async () => {
  const { rows } = await pool().query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT 1 FROM schedules WHERE next_fire_at <= now() ORDER BY next_fire_at LIMIT 100`,
  )
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('schedules_next_fire_at_idx')
})
