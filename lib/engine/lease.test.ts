import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { takeLease, type Lease } from './lease'
import { findStatus, insertExecutions } from '../data/executions'
import { closeDatabase, connectDatabase, pool } from '../data/database'
import { uuidV7 } from '../data/uuid-v7'
import { maxTakeovers, runnerHeartbeatMs } from '../limits'
import { useTestDatabase } from '../../test/database'

const database = useTestDatabase()

const runnerId = uuidV7()
const queued: string[] = []
let lease: Lease | undefined

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(async () => {
  await lease?.release()
  vi.useRealTimers()
})

async function startExecution(
  isDurable: boolean,
  ofRunner = runnerId,
): Promise<{ id: string; status: () => Promise<string | null> }> {
  const workflowId = uuidV7()
  await pool().query(`INSERT INTO workflows (id, name, name_key) VALUES ($1, 'w', 'w')`, [workflowId])
  const id = uuidV7()
  await insertExecutions([
    {
      id,
      workflowId,
      version: 1,
      status: 'running',
      trigger: 'manual',
      triggerBlockId: null,
      userId: null,
      runnerId: ofRunner,
      depth: 0,
      isDurable,
      originId: null,
      input: { text: '{}', large: null },
      context: null,
      createdAt: new Date(),
      startedAt: new Date(),
    },
  ])
  return { id, status: () => findStatus(workflowId, id) }
}

async function beats(isRunning: (executionId: string) => boolean): Promise<() => Promise<void>> {
  const errors: unknown[] = []
  const enqueue = (ids: readonly string[]) => Promise.resolve(void queued.push(...ids))
  let count = 0
  lease = await takeLease(runnerId, {
    enqueue,
    isRunning: (id) => {
      count++
      return isRunning(id)
    },
    onError: (error) => errors.push(error),
  })
  return async () => {
    const before = count
    vi.advanceTimersByTime(runnerHeartbeatMs)
    await expect.poll(() => count).toBeGreaterThan(before)
    expect(errors).toEqual([])
  }
}

it('attack 39: an execution this process lost track of is ended at the second look, one it runs is not', async () => {
  const lost = await startExecution(false)
  const running = await startExecution(false)
  const beat = await beats((id) => id === running.id)
  expect(await lost.status()).toBe('running')
  await beat()
  await expect.poll(lost.status).toBe('failed')
  await beat()
  expect(await running.status()).toBe('running')
})

it('attack 39: a durable one goes back to the queue', async () => {
  const lost = await startExecution(true)
  const beat = await beats(() => false)
  await beat()
  await expect.poll(lost.status).toBe('queued')
  expect(queued).toContain(lost.id)
})

it('attack 39: one whose every taker died is given up after the fifth', async () => {
  const lost = await startExecution(true)
  await pool().query('UPDATE executions SET takeovers = $2 WHERE id = $1', [lost.id, maxTakeovers])
  const beat = await beats(() => false)
  await beat()
  await expect.poll(lost.status).toBe('failed')
  expect(queued).not.toContain(lost.id)
})

it('attack 41: nobody counts as dead when the database was away, for nobody could beat', async () => {
  let failures = 0
  let looks = 0
  const lostIds = new Set<string>()
  lease = await takeLease(runnerId, {
    enqueue: () => Promise.resolve(),
    isRunning: (id) => {
      if (lostIds.has(id)) looks++
      return !lostIds.has(id)
    },
    onError: () => failures++,
  })
  await closeDatabase()
  connectDatabase('postgres://127.0.0.1:9/none')
  vi.advanceTimersByTime(runnerHeartbeatMs)
  await expect.poll(() => failures).toBe(1)
  await closeDatabase()
  connectDatabase(database.url)
  const ofAnother = await startExecution(false, uuidV7())
  const lost = await startExecution(false)
  lostIds.add(lost.id)
  for (const look of [1, 2]) {
    vi.advanceTimersByTime(runnerHeartbeatMs)
    await expect.poll(() => looks).toBe(look)
  }
  await expect.poll(lost.status).toBe('failed')
  expect(await ofAnother.status()).toBe('running')
})
