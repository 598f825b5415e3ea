import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { useTestDatabase } from '@/test/database'
import { startRetentionSweeper, sweepOldExecutions } from './retention-sweeper'
import { pool } from '../data/database'
import { insertBlockLogs } from '../data/block-logs'
import { insertExecutions } from '../data/executions'
import { readRetentionRules, setKept } from '../data/retention'
import { storeValue } from '../data/stored-values'
import { uuidV7 } from '../data/uuid-v7'
import { insertWorkflow, updateWorkflowRow } from '../data/workflows'
import { maxInlineValueBytes, retentionBatchExecutions } from '../limits'

useTestDatabase()

const dayMs = 24 * 60 * 60 * 1000
const keepAll = { days: null, count: null }
const runnerId = randomUUID()

async function newExecutions(workflowId: string, ages: readonly number[], status = 'completed'): Promise<string[]> {
  const input = await storeValue('{}')
  const rows = ages.map((ageDays) => {
    const createdAt = new Date(Date.now() - ageDays * dayMs)
    const start = { status: 'running', trigger: 'manual', triggerBlockId: null, userId: null } as const
    const place = { id: uuidV7(createdAt.getTime()), workflowId, version: 1, runnerId, depth: 0 }
    return {
      ...place,
      ...start,
      isDurable: false,
      originId: null,
      context: null,
      input,
      createdAt,
      startedAt: createdAt,
    }
  })
  await insertExecutions(rows)
  const ids = rows.map(({ id }) => id)
  await pool().query('UPDATE executions SET status = $2::"ExecutionStatus" WHERE id = ANY($1::uuid[])', [ids, status])
  return ids
}

async function agesLeft(workflowId: string): Promise<number[]> {
  const { rows } = await pool().query<{ age: number }>(
    `SELECT round(extract(epoch FROM now() - created_at) / 86400)::int AS age FROM executions
     WHERE workflow_id = $1 ORDER BY created_at DESC`,
    [workflowId],
  )
  return rows.map(({ age }) => age)
}

async function workflowWith(rule: { retention_days?: number; retention_count?: number } = {}): Promise<string> {
  const id = await insertWorkflow({ name: 'Flow' }, null)
  if (Object.keys(rule).length > 0) await updateWorkflowRow(id, rule)
  return id
}

it("deletes what is older than the workflow's days and keeps the rest", async () => {
  const id = await workflowWith({ retention_days: 3 })
  await newExecutions(id, [1, 2, 4, 5])
  expect(await sweepOldExecutions(keepAll)).toBe(2)
  expect(await agesLeft(id)).toEqual([1, 2])
})

it('keeps only the newest so many', async () => {
  const id = await workflowWith({ retention_count: 2 })
  await newExecutions(id, [4, 1, 3, 2])
  expect(await sweepOldExecutions(keepAll)).toBe(2)
  expect(await agesLeft(id)).toEqual([1, 2])
})

it('where both are set, either is enough to go', async () => {
  const id = await workflowWith({ retention_count: 3, retention_days: 2 })
  await newExecutions(id, [0, 1, 3, 4])
  await sweepOldExecutions(keepAll)
  expect(await agesLeft(id)).toEqual([0, 1])
  await newExecutions(id, [0, 0])
  await sweepOldExecutions(keepAll)
  expect(await agesLeft(id)).toEqual([0, 0, 0])
})

it('a workflow without a rule follows the installation, and one with a rule its own', async () => {
  const [follows, own] = [await workflowWith(), await workflowWith({ retention_days: 30 })]
  for (const id of [follows, own]) await newExecutions(id, [1, 9])
  expect(await sweepOldExecutions(keepAll)).toBe(0)
  await sweepOldExecutions({ days: 7, count: null })
  expect([await agesLeft(follows), await agesLeft(own)]).toEqual([[1], [1, 9]])
})

it('never deletes what is not ended, what is kept, or what a living idempotency key points at', async () => {
  const id = await workflowWith({ retention_days: 1 })
  const [kept = '', keyed = '', expired = ''] = await newExecutions(id, [90, 80, 70, 60])
  await newExecutions(id, [50], 'queued')
  await newExecutions(id, [40], 'running')
  await setKept(id, kept, true)
  await pool().query(
    `INSERT INTO idempotency_keys (scope, key, execution_id, created_at)
     VALUES ('s', 'living', $1, now() - interval '6 days'), ('s', 'expired', $2, now() - interval '8 days')`,
    [keyed, expired],
  )
  expect(await sweepOldExecutions(keepAll)).toBe(2)
  expect(await agesLeft(id)).toEqual([40, 50, 80, 90])
  await setKept(id, kept, false)
  await sweepOldExecutions(keepAll)
  expect(await agesLeft(id)).toEqual([40, 50, 80])
})

it('takes block logs, large values and idempotency keys along, and leaves those of others', async () => {
  const id = await workflowWith({ retention_days: 1 })
  const [old = '', young = ''] = await newExecutions(id, [9, 0])
  const output = await storeValue(JSON.stringify('x'.repeat(maxInlineValueBytes)))
  const effort = { durationMs: 1, queuedMs: 0, retryWaitMs: 0, attempts: 1, startedAt: new Date() }
  const block = {
    seq: 0,
    executionOrder: 0,
    blockId: 'b',
    blockType: 'split',
    blockName: '',
    status: 'success' as const,
  }
  const rest = { runnerId, input: null, error: null, skipReason: null, warnings: null }
  for (const executionId of [old, young]) {
    const own = { ...output, large: output.large && { ...output.large, id: uuidV7() } }
    await insertBlockLogs([{ executionId, ...block, ...effort, ...rest, output: own }])
    await pool().query(
      `INSERT INTO idempotency_keys (scope, key, execution_id, created_at)
       VALUES ('own', $1::text, $1::uuid, now() - interval '8 days')`,
      [executionId],
    )
  }
  await sweepOldExecutions(keepAll)
  for (const table of ['block_logs', 'large_values', 'idempotency_keys']) {
    const { rows } = await pool().query<{ id: string }>(
      `SELECT execution_id AS id FROM ${table} WHERE execution_id = ANY($1::uuid[])`,
      [[old, young]],
    )
    expect(rows, table).toEqual([{ id: young }])
  }
})

it('several processes sweep at once, over many batches, and each execution goes once', async () => {
  const id = await workflowWith({ retention_count: 10 })
  const total = retentionBatchExecutions * 3
  await newExecutions(
    id,
    Array.from({ length: total }, (_, index) => index / total),
  )
  const counts = await Promise.all([1, 2, 3].map(() => sweepOldExecutions(keepAll)))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total - 10)
  expect(await agesLeft(id)).toHaveLength(10)
})

it('sweeps by itself until it is stopped, and goes on after a sweep that failed', async () => {
  const id = await workflowWith({ retention_days: 1 })
  await newExecutions(id, [9])
  const errors: unknown[] = []
  await pool().query('ALTER TABLE block_logs RENAME TO away')
  let deleted = 0
  const sweeper = startRetentionSweeper({
    standard: keepAll,
    intervalMs: 5,
    onDeleted: (count) => (deleted += count),
    onError: (error) => errors.push(error),
  })
  await expect.poll(() => errors.length).toBeGreaterThan(0)
  await pool().query('ALTER TABLE away RENAME TO block_logs')
  await expect.poll(() => agesLeft(id)).toEqual([])
  await sweeper.stop()
  expect(deleted).toBe(1)
  await newExecutions(id, [9])
  expect(await agesLeft(id)).toEqual([9])
})

it('the rules of workflows are found by name, those that have one first', async () => {
  const owner = randomUUID().slice(0, 8)
  const [plain, ruled] = await Promise.all(
    [`${owner} a_1`, `${owner} b%2`].map((name) => insertWorkflow({ name }, null)),
  )
  await updateWorkflowRow(ruled!, { retention_days: 7 })
  const names = async (text: string) => (await readRetentionRules(text, 10)).workflows.map(({ id }) => id)
  expect(await names(owner.toUpperCase())).toEqual([ruled!, plain!])
  expect(await names('b%')).toEqual([ruled!])
  expect(await readRetentionRules(owner, 1)).toMatchObject({ total: 2, workflows: [{ days: 7, count: null }] })
})
