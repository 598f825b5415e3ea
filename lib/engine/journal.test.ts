import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openJournal, type Journal } from './journal'
import { closeDatabase, connectDatabase, pool } from '../data/database'
import type { FinishedRow } from '../data/finish-executions'
import { findStatus, type NewExecution } from '../data/executions'
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
  const { execution, end } = newExecution()
  await journal.begin(execution)
  return end
}

function open(ofWorkflow = workflowId): FinishedRow {
  const { execution, end } = newExecution(ofWorkflow)
  journal.open(execution)
  return end
}

function newExecution(ofWorkflow = workflowId): { execution: NewExecution; end: FinishedRow } {
  const id = uuidV7()
  const now = new Date()
  const execution: NewExecution = {
    id,
    workflowId: ofWorkflow,
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
  }
  const found = { output: { text: '1', large: null }, error: null, errorCode: null, failedBlock: null, response: null }
  return { execution, end: { id, runnerId, status: 'completed', ...found, completedAt: now } }
}

/** Statements that wait for a lock somebody else holds. */
async function waitingStatements(): Promise<number> {
  const { rowCount } = await pool().query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  return rowCount ?? 0
}

async function executionCount(): Promise<number> {
  const result = await pool().query<{ execution_count: number }>(
    'SELECT execution_count FROM workflows WHERE id = $1',
    [workflowId],
  )
  return result.rows[0]?.execution_count ?? 0
}

async function blocksIn(executionId: string): Promise<string[]> {
  return (await readSettledLogs(executionId)).map(({ blockId }) => blockId)
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

describe('an execution that was opened', () => {
  it('is written once: whole, with its end', async () => {
    const before = await executionCount()
    const end = open()
    journal.log(settledBlock(end.id))
    expect(await findStatus(workflowId, end.id)).toBe(null)
    expect(await journal.finish(end)).toBe(true)
    expect(await findStatus(workflowId, end.id)).toBe('completed')
    expect(await blocksIn(end.id)).toEqual(['a'])
    expect(await executionCount()).toBe(before + 1)
  })

  it('is on disk before it reaches out, and counted once', async () => {
    const before = await executionCount()
    const end = open()
    await Promise.all([journal.record(end.id), journal.record(end.id)])
    expect(await findStatus(workflowId, end.id)).toBe('running')
    expect(await journal.finish(end)).toBe(true)
    expect(await findStatus(workflowId, end.id)).toBe('completed')
    expect(await executionCount()).toBe(before + 1)
  })

  it('is on disk with what settled at the next checkpoint when it takes longer', async () => {
    const end = open()
    journal.log(settledBlock(end.id))
    await expect.poll(() => blocksIn(end.id)).toEqual(['a'])
    expect(await findStatus(workflowId, end.id)).toBe('running')
    expect(await journal.finish({ ...end, status: 'failed', error: 'no' })).toBe(true)
    expect(await findStatus(workflowId, end.id)).toBe('failed')
  })

  it('keeps what settled while a checkpoint puts others on disk', async () => {
    const holder = await pool().connect()
    await holder.query('BEGIN')
    await holder.query('SELECT 1 FROM workflows WHERE id = $1 FOR UPDATE', [workflowId])
    const early = open()
    await expect.poll(waitingStatements).toBe(1)
    const late = open()
    for (const { id } of [late, early]) journal.log(settledBlock(id))
    await holder.query('COMMIT')
    holder.release()
    await expect.poll(() => blocksIn(early.id)).toEqual(['a'])
    expect(await journal.finish(late)).toBe(true)
    expect(await blocksIn(late.id)).toEqual(['a'])
    await journal.finish(early)
  })

  it('attack 41: waits for a database that went away, and is counted once', async () => {
    const before = await executionCount()
    const ends = [open(), open()]
    await closeDatabase()
    connectDatabase(nobodyListens)
    const written = Promise.all(ends.map((end) => journal.finish(end)))
    await expect(pool().query('SELECT 1')).rejects.toThrow()
    await closeDatabase()
    connectDatabase(database.url)
    expect(await written).toEqual([true, true])
    expect(await executionCount()).toBe(before + 2)
  })

  it('has been ended by whoever deleted its workflow, and costs its neighbours nothing', async () => {
    const deletedId = uuidV7()
    const [gone, going, staying] = [open(deletedId), open(deletedId), open()]
    await expect(journal.record(going.id)).rejects.toThrow('Workflow not found')
    expect(await Promise.all([gone, going, staying].map((end) => journal.finish(end)))).toEqual([false, false, true])
  })

  it('that could not be put on disk is let go: nobody tries or reports it for ever', async () => {
    const errors: unknown[] = []
    const own = openJournal({ enqueue: () => Promise.resolve() }, (error) => errors.push(error))
    const deleted = newExecution(uuidV7())
    own.open(deleted.execution)
    await expect(own.record(deleted.end.id)).rejects.toThrow('Workflow not found')
    for (let checkpoint = 0; checkpoint < 3; checkpoint++) {
      const { execution, end } = newExecution()
      own.open(execution)
      await expect.poll(() => findStatus(workflowId, end.id)).toBe('running')
      await own.finish(end)
    }
    await own.close()
    expect(errors).toEqual([])
  })
})

it('an end is not told before what a checkpoint took is on disk', async () => {
  const end = await begin()
  const holder = await pool().connect()
  await holder.query('BEGIN')
  await holder.query(
    `INSERT INTO block_logs (execution_id, seq, block_id, block_type, block_name, status, duration_ms, attempts)
     VALUES ($1, 0, 'a', 'code', 'a', 'success', 0, 1)`,
    [end.id],
  )
  journal.log(settledBlock(end.id))
  await expect.poll(waitingStatements).toBe(1)
  let isTold = false
  const told = journal.finish(end).finally(() => (isTold = true))
  expect(await journal.finish(await begin())).toBe(true)
  expect(isTold).toBe(false)
  await holder.query('ROLLBACK')
  holder.release()
  expect(await told).toBe(true)
  expect(await blocksIn(end.id)).toEqual(['a'])
})
