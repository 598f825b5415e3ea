import { randomBytes, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { callOf } from '@/test/call'
import { useTestDatabase } from '@/test/database'
import { armWebhook } from './arm-webhook'
import { createWorkflow } from './create-workflow'
import { deployWorkflow } from './deploy-workflow'
import { listWorkflowRows } from './list-workflow-rows'
import { saveGraph } from './save-graph'
import type { JsonObject } from '../contract/json'
import { listWorkflowsQuery } from '../contract/workflows'
import type { WorkflowRow } from '../contract/workflow-row'
import { pool } from '../data/database'
import { useEncryptionKey } from '../data/encryption'

useTestDatabase()
beforeAll(() => {
  useEncryptionKey(randomBytes(32))
})

async function newWorkflow(block: { type: string; config: JsonObject }): Promise<string> {
  const { id } = await createWorkflow(callOf({ body: { name: `Flow ${randomUUID()}` } }))
  await saveGraph(callOf({ params: { id }, body: { blocks: [{ id: 'start', ...block }] } }))
  return id
}

async function rowOf(id: string): Promise<WorkflowRow | undefined> {
  const { rows } = await listWorkflowRows(callOf({ query: listWorkflowsQuery.parse({}) }))
  return rows.find((row) => row.id === id)
}

const webhook = () => ({ type: 'webhook', config: { webhook_id: randomUUID(), webhook_secret: 'shared secret' } })

describe('listWorkflowRows', () => {
  it('says that only a person starts a workflow without webhook or schedule', async () => {
    const id = await newWorkflow({ type: 'starter', config: {} })
    expect(await rowOf(id)).toMatchObject({ triggers: ['manual'], state: 'internal', lastExecution: null, version: 1 })
  })

  it('shows a webhook, and its arm window until it is deployed', async () => {
    const id = await newWorkflow(webhook())
    await armWebhook(callOf({ params: { id } }))
    expect(await rowOf(id)).toMatchObject({ triggers: ['webhook'], state: 'armed' })
    await deployWorkflow(callOf({ params: { id } }))
    expect(await rowOf(id)).toMatchObject({ state: 'deployed' })
  })

  it('shows a schedule once it is deployed', async () => {
    const config = { schedule_enabled: true, schedule_type: 'cron', schedule_cron: '0 7 * * 1' }
    const id = await newWorkflow({ type: 'starter', config })
    await deployWorkflow(callOf({ params: { id } }))
    expect(await rowOf(id)).toMatchObject({ triggers: ['schedule'] })
  })

  it('shows how the newest execution stands', async () => {
    const id = await newWorkflow({ type: 'starter', config: {} })
    for (const [minute, status] of [
      [2, 'failed'],
      [1, 'completed'],
    ] as const) {
      const at = new Date(Date.UTC(2026, 0, 1, 0, minute))
      await pool().query(
        `INSERT INTO executions (id, workflow_id, version, status, trigger, created_at) VALUES ($1, $2, 1, $3, 'manual', $4)`,
        [randomUUID(), id, status, at],
      )
    }
    expect((await rowOf(id))?.lastExecution).toEqual({ status: 'failed', at: '2026-01-01T00:02:00.000Z' })
  })
})
