import { randomBytes, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { callOf } from '@/test/call'
import { useTestDatabase } from '@/test/database'
import { createWorkflow } from './create-workflow'
import { getExecution } from './get-execution'
import { getExecutionLogs } from './get-execution-logs'
import { getExecutionValue } from './get-execution-value'
import { listExecutions } from './list-executions'
import { saveGraph } from './save-graph'
import { listExecutionsQuery } from '../contract/execution-history'
import { executionLogsQuery } from '../contract/executions'
import type { Json } from '../contract/json'
import { useEncryptionKey } from '../data/encryption'
import { finishExecutions } from '../data/finish-executions'
import { insertBlockLogs, type NewBlockLog } from '../data/block-logs'
import { insertExecutions } from '../data/executions'
import { storeValue } from '../data/stored-values'
import { maxInlineValueBytes } from '../limits'

useTestDatabase()
beforeAll(() => {
  useEncryptionKey(randomBytes(32))
})

const stored = (value: Json) => storeValue(JSON.stringify(value))
const startedAt = new Date('2026-01-02T03:04:05.006Z')
const runnerId = randomUUID()

async function newWorkflow(): Promise<string> {
  const { id } = await createWorkflow(callOf({ body: { name: 'Flow' } }))
  const blocks = ['one', 'two'].map((block) => ({ id: block, type: 'split', config: { of: block } }))
  await saveGraph(callOf({ params: { id }, body: { blocks } }))
  return id
}

async function newExecution(
  workflowId: string,
  { secondsLater = 0, input = {}, output = 'done' }: { secondsLater?: number; input?: Json; output?: Json } = {},
): Promise<string> {
  const [id, at] = [randomUUID(), new Date(startedAt.getTime() + secondsLater * 1000)]
  const place = { id, workflowId, version: 1, triggerBlockId: null, userId: null, runnerId, depth: 0 }
  const durability = { isDurable: false, originId: null, context: null }
  const start = { status: 'running', trigger: 'manual', createdAt: at, startedAt: at } as const
  await insertExecutions([{ ...place, ...durability, ...start, input: await stored(input) }])
  const end = { status: 'completed', error: null, errorCode: null, failedBlock: null, response: null } as const
  const completedAt = new Date(at.getTime() + 250)
  await finishExecutions([{ id, runnerId, ...end, output: await stored(output), completedAt }])
  return id
}

async function logOf(executionId: string, given: Partial<NewBlockLog> & { blockId: string }): Promise<NewBlockLog> {
  const place = { executionId, runnerId, seq: 0, executionOrder: 0, blockType: 'split', blockName: 'Name' }
  const effort = { attempts: 1, queuedMs: 0, retryWaitMs: 0 }
  const end = { status: 'success', startedAt, durationMs: 5, error: null, skipReason: null, warnings: null } as const
  return {
    ...place,
    ...effort,
    ...end,
    input: await stored({ resolved: true }),
    output: await stored({ output: 1 }),
    ...given,
  }
}

const list = (id: string, query: object = {}) =>
  listExecutions(callOf({ params: { id }, query: listExecutionsQuery.parse(query) }))
const logs = (id: string, eid: string, query: object = {}) =>
  getExecutionLogs(callOf({ params: { id, eid }, query: executionLogsQuery.parse(query) }))

describe('listExecutions', () => {
  it('shows items newest first, with their page', async () => {
    const id = await newWorkflow()
    const [old, young] = [await newExecution(id), await newExecution(id, { secondsLater: 1 })]
    const page = await list(id)
    expect(page).toMatchObject({ total: 2, limit: 20, offset: 0 })
    expect(page.executions.map((execution) => execution.id)).toEqual([young, old])
    expect(page.executions[1]).toEqual({
      id: old,
      workflow_id: id,
      status: 'completed',
      trigger: 'manual',
      input: {},
      output: 'done',
      error: null,
      error_code: null,
      version: 1,
      origin_execution_id: null,
      started_at: '2026-01-02T03:04:05.006Z',
      completed_at: '2026-01-02T03:04:05.256Z',
      created_at: '2026-01-02T03:04:05.006Z',
      duration_ms: 250,
      is_kept: false,
    })
    expect(await list(id, { limit: '1', offset: '1' })).toMatchObject({ total: 2, executions: [{ id: old }] })
  })

  it('filters by status, and refuses a status there is not', async () => {
    const id = await newWorkflow()
    await newExecution(id)
    expect((await list(id, { status: 'completed' })).total).toBe(1)
    expect(await list(id, { status: 'failed' })).toMatchObject({ total: 0, executions: [] })
    expect(listExecutionsQuery.safeParse({ status: 'done' }).success).toBe(false)
  })

  it('of an unknown workflow is 404', async () => {
    await expect(list(randomUUID())).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' })
  })
})

describe('one execution', () => {
  it('has the data of the blocks that ran, and its logs in the order they started', async () => {
    const id = await newWorkflow()
    const eid = await newExecution(id)
    await insertBlockLogs([
      await logOf(eid, { blockId: 'two', seq: 0, executionOrder: 1 }),
      await logOf(eid, { blockId: 'one', seq: 1, executionOrder: 0, output: await stored({ output: [2] }) }),
      await logOf(eid, { blockId: 'left', seq: 2, executionOrder: null, status: 'skipped', input: null, output: null }),
    ])
    const execution = await getExecution(callOf({ params: { id, eid } }))
    expect(execution).toMatchObject({ id: eid, block_outputs: { one: { output: [2] }, two: { output: 1 } } })
    const { block_logs } = await logs(id, eid)
    expect(block_logs.map(({ block_id, execution_order }) => [block_id, execution_order])).toEqual([
      ['one', 0],
      ['two', 1],
    ])
    expect(block_logs[0]).toMatchObject({
      status: 'success',
      input: { resolved: true },
      output: { output: [2] },
      config_snapshot: { of: 'one' },
      agent_run_id: null,
      attempts: 1,
      duration_ms: 5,
    })
    const all = (await logs(id, eid, { include: 'skipped' })).block_logs
    expect(all.map(({ block_id, status }) => [block_id, status])[2]).toEqual(['left', 'skipped'])
  })

  it('shows a value over 1 MiB as a marker, and gives the whole at the marker’s address', async () => {
    const id = await newWorkflow()
    const large = { text: 'ä'.repeat(maxInlineValueBytes) }
    const eid = await newExecution(id, { output: large })
    const { output } = await getExecution(callOf({ params: { id, eid } }))
    expect(output).toMatchObject({ truncated: true, size_bytes: JSON.stringify(large).length + maxInlineValueBytes })
    const { href } = output as { href: string }
    const vid = href.slice(href.lastIndexOf('/') + 1)
    expect(href).toBe(`/api/workflows/${id}/executions/${eid}/values/${vid}`)
    const answer = await getExecutionValue(callOf({ params: { id, eid, vid } }))
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
    expect(answer.body).toEqual({ bytes: JSON.stringify(large) })
  })

  it('of another workflow is 404, its values too; of an unknown workflow 404 WORKFLOW_NOT_FOUND', async () => {
    const [id, other] = [await newWorkflow(), await newWorkflow()]
    const eid = await newExecution(id)
    const vid = randomUUID()
    const foreign = { params: { id: other, eid, vid }, query: executionLogsQuery.parse({}) }
    for (const operation of [getExecution, getExecutionLogs, getExecutionValue])
      await expect(operation(callOf(foreign))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const nowhere = { ...foreign, params: { id: randomUUID(), eid, vid } }
    await expect(getExecution(callOf(nowhere))).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' })
    await expect(getExecutionValue(callOf({ params: { id, eid, vid } }))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
