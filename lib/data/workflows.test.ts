import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { useTestDatabase } from '@/test/database'
import { pool } from './database'
import { insertBlockLogs } from './block-logs'
import { insertExecutions } from './executions'
import { keepVersion } from './graph-versions'
import { storeValue } from './stored-values'
import { insertWorkflow, removeWorkflow } from './workflows'
import { maxInlineValueBytes } from '../limits'

useTestDatabase()

const dependants = ['graph_versions', 'executions', 'block_logs', 'large_values', 'idempotency_keys', 'graph_documents']

async function rowsLeft(): Promise<Record<string, number>> {
  const counts = dependants.map(async (table) => {
    const { rows } = await pool().query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)
    return [table, rows[0]?.count ?? 0] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}

/** A workflow with one row in every table that knows of it. */
async function workflowWithHistory(document: string): Promise<string> {
  const workflowId = await insertWorkflow({ name: 'Flow' }, null)
  await keepVersion(pool(), { workflowId, version: 1, document, createdBy: null })
  const id = randomUUID()
  const value = await storeValue(JSON.stringify('x'.repeat(maxInlineValueBytes)))
  const execution = { id, workflowId, version: 1, status: 'running', trigger: 'manual', triggerBlockId: null } as const
  const runnerId = randomUUID()
  const context = { userId: null, runnerId, depth: 0, isDurable: false, originId: null, context: null }
  await insertExecutions([{ ...execution, ...context, input: value, createdAt: new Date(), startedAt: null }])
  const log = {
    executionId: id,
    runnerId,
    queuedMs: 0,
    retryWaitMs: 0,
    seq: 0,
    executionOrder: 0,
    blockId: 'b',
    blockType: 'split',
    blockName: '',
  }
  const ended = { status: 'success', startedAt: null, durationMs: 1, attempts: 1, error: null } as const
  await insertBlockLogs([{ ...log, ...ended, input: null, output: null, skipReason: null, warnings: null }])
  await pool().query(
    `INSERT INTO idempotency_keys (scope, key, execution_id) VALUES ('execute', 'key of ' || $1::text, $1::uuid)`,
    [id],
  )
  return workflowId
}

it('a deleted workflow leaves no row behind, and takes nothing of another one with it', async () => {
  const [gone, kept] = [await workflowWithHistory('{"shared":1}'), await workflowWithHistory('{"shared":1}')]
  expect(await removeWorkflow(gone)).toBe(true)
  expect(await rowsLeft()).toEqual(Object.fromEntries(dependants.map((table) => [table, 1])))
  expect(await removeWorkflow(kept)).toBe(true)
  expect(await rowsLeft()).toEqual(Object.fromEntries(dependants.map((table) => [table, 0])))
  expect(await removeWorkflow(kept)).toBe(false)
})

it('a version kept while the last workflow of its content is deleted has its document', async () => {
  for (let round = 0; round < 20; round++) {
    const document = `{"round":${round}}`
    const [last, next] = [await workflowWithHistory(document), await insertWorkflow({ name: 'Next' }, null)]
    await Promise.all([
      removeWorkflow(last),
      keepVersion(pool(), { workflowId: next, version: 1, document, createdBy: null }),
    ])
    const { rowCount } = await pool().query(
      'SELECT 1 FROM graph_versions v JOIN graph_documents d ON d.hash = v.hash WHERE v.workflow_id = $1',
      [next],
    )
    expect(rowCount).toBe(1)
  }
})

it('keeping versions of a workflow while it is deleted ends without a deadlock and leaves nothing', async () => {
  for (let round = 0; round < 20; round++) {
    const workflowId = await workflowWithHistory(`{"kept":${round}}`)
    const keep = (version: number, document: string) =>
      keepVersion(pool(), { workflowId, version, document, createdBy: null })
    await Promise.all([keep(2, `{"kept":${round}}`), removeWorkflow(workflowId), keep(3, `{"other":${round}}`)])
    const { rowCount } = await pool().query('SELECT 1 FROM graph_versions WHERE workflow_id = $1', [workflowId])
    expect(rowCount).toBe(0)
  }
})
