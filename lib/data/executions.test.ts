import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { useTestDatabase } from '@/test/database'
import { pool } from './database'
import { insertExecutions, type NewExecution } from './executions'
import { insertWorkflow } from './workflows'

useTestDatabase()

function newExecution(workflowId: string): NewExecution {
  const start = { version: 1, status: 'running', trigger: 'manual', triggerBlockId: null, userId: null } as const
  const place = { runnerId: randomUUID(), depth: 0, isDurable: false, originId: null }
  const at = new Date()
  const input = { text: '{}', large: null }
  return { id: randomUUID(), workflowId, ...start, ...place, input, context: null, createdAt: at, startedAt: at }
}

it('batches of the same workflows in any order are written at once, and every execution is counted', async () => {
  const workflowIds = await Promise.all(Array.from({ length: 40 }, () => insertWorkflow({ name: 'a' }, null)))
  // Strides through a prime count visit the same workflows in ever other orders.
  const order = (stride: number) =>
    Array.from({ length: 41 }, (_, step) => workflowIds[(step * stride) % 41]).filter((id) => id !== undefined)
  const batches = Array.from({ length: 200 }, (_, index) => insertExecutions(order((index % 39) + 1).map(newExecution)))
  expect((await Promise.allSettled(batches)).filter(({ status }) => status === 'rejected')).toEqual([])
  const { rows } = await pool().query('SELECT DISTINCT execution_count FROM workflows')
  expect(rows).toEqual([{ execution_count: 200 }])
})

it('an execution of a workflow that is gone is refused, and so is its whole batch', async () => {
  const workflowId = await insertWorkflow({ name: 'a' }, null)
  const batch = [newExecution(workflowId), newExecution(randomUUID())]
  await expect(insertExecutions(batch)).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' })
  const { rows } = await pool().query('SELECT execution_count FROM workflows WHERE id = $1', [workflowId])
  expect(rows).toEqual([{ execution_count: 0 }])
})
