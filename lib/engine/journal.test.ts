import { afterAll, beforeAll, expect, it } from 'vitest'
import { openJournal, type Journal } from './journal'
import { closeDatabase, connectDatabase, pool } from '../data/database'
import type { FinishedRow } from '../data/finish-executions'
import { findStatus } from '../data/executions'
import type { NewBlockLog } from '../data/block-logs'
import { readSettledLogs } from '../data/settled-logs'
import { uuidV7 } from '../data/uuid-v7'
import { useTestDatabase } from '../../test/database'

const database = useTestDatabase()
const workflowId = uuidV7()
const runnerId = uuidV7()
const nobodyListens = 'postgres://127.0.0.1:9/none'
let journal: Journal

beforeAll(async () => {
  await pool().query(`INSERT INTO workflows (id, name, name_key) VALUES ($1, 'w', 'w')`, [workflowId])
  journal = openJournal({ enqueue: () => Promise.resolve() }, () => undefined)
})
afterAll(() => journal.close())

async function begin(): Promise<FinishedRow> {
  const id = uuidV7()
  const now = new Date()
  await journal.begin({
    id,
    workflowId,
    version: 1,
    status: 'running',
    trigger: 'manual',
    triggerBlockId: null,
    userId: null,
    runnerId,
    depth: 0,
    isDurable: false,
    originId: null,
    input: { text: '{}', large: null },
    context: null,
    createdAt: now,
    startedAt: now,
  })
  const end = { output: { text: '1', large: null }, error: null, errorCode: null, failedBlock: null, response: null }
  return { id, runnerId, status: 'completed', ...end, completedAt: now }
}

function settledBlock(executionId: string): NewBlockLog {
  return {
    executionId,
    runnerId,
    seq: 0,
    executionOrder: 0,
    blockId: 'a',
    blockType: 'split',
    blockName: '',
    status: 'success',
    startedAt: new Date(),
    durationMs: 1,
    queuedMs: 0,
    retryWaitMs: 0,
    attempts: 1,
    input: null,
    output: { text: '{"output":1}', large: null },
    error: null,
    skipReason: null,
    warnings: null,
  }
}

it('attack 41: the end of an execution waits for a database that went away', async () => {
  const end = await begin()
  await closeDatabase()
  connectDatabase(nobodyListens)
  const written = journal.finish(end)
  await expect(pool().query('SELECT 1')).rejects.toThrow()
  await closeDatabase()
  connectDatabase(database.url)
  expect(await written).toBe(true)
  expect(await findStatus(workflowId, end.id)).toBe('completed')
})

it('attack 41: so does a checkpoint, for what settled must not run again', async () => {
  const { id } = await begin()
  await closeDatabase()
  connectDatabase(nobodyListens)
  const written = journal.checkpoint(settledBlock(id))
  await expect(pool().query('SELECT 1')).rejects.toThrow()
  await closeDatabase()
  connectDatabase(database.url)
  await written
  expect((await readSettledLogs(id)).map(({ blockId }) => blockId)).toEqual(['a'])
})

it('an end that was written, its answer lost, may be written again; another end may not', async () => {
  const end = await begin()
  expect(await journal.finish(end)).toBe(true)
  expect(await journal.finish(end)).toBe(true)
  expect(await journal.finish({ ...end, status: 'failed' })).toBe(false)
  expect(await findStatus(workflowId, end.id)).toBe('completed')
})
