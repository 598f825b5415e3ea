import 'server-only'
import { cleanText, columns, type Queryable } from './columns'
import { pool } from './database'
import { insertLargeValues } from './large-values'
import type { StoredValue } from './stored-values'
import { AppError } from '../contract/errors'
import type { ExecutionStatus, Trigger } from '../contract/execution'

/** An execution about to start. `context` is JSON text: what a process needs to run it besides this row. */
export interface NewExecution {
  id: string
  workflowId: string
  version: number
  status: 'queued' | 'running'
  trigger: Trigger
  triggerBlockId: string | null
  userId: string | null
  runnerId: string | null
  depth: number
  isDurable: boolean
  originId: string | null
  input: StoredValue
  context: string | null
  createdAt: Date
  startedAt: Date | null
}

/** Writes executions and counts them for their workflows, in one statement. @throws WORKFLOW_NOT_FOUND when the workflow was
 *  deleted meanwhile. */
export async function insertExecutions(rows: readonly NewExecution[], client: Queryable = pool()): Promise<void> {
  await insertRows(rows, client).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === foreignKeyViolation)
      throw new AppError('WORKFLOW_NOT_FOUND', 'Workflow not found', {}, { cause: error })
    throw error
  })
}

const foreignKeyViolation = '23503'

/** Two processes that count executions of the same workflows must not wait for each other: they lock them in one order.
 *  A batch of one workflow needs no order, and is spared the extra lock. */
const lockedInOrder = `, locked AS MATERIALIZED (
             SELECT id FROM workflows WHERE id = ANY($2::uuid[]) ORDER BY id FOR NO KEY UPDATE
           )`

async function insertRows(rows: readonly NewExecution[], client: Queryable): Promise<void> {
  await insertLargeValues(
    rows.map((row) => ({ executionId: row.id, value: row.input })),
    client,
  )
  const isMixed = rows.some((row) => row.workflowId !== rows[0]?.workflowId)
  await client.query({
    name: isMixed ? 'insert-executions-mixed' : 'insert-executions',
    // The workflow's count is written with what it counts: the list is never off by the runs of a crash.
    text: `WITH inserted AS (
             INSERT INTO executions (id, workflow_id, version, status, trigger, trigger_block_id, user_id, runner_id,
                                     depth, is_durable, origin_id, input, context, created_at, started_at)
             SELECT u.id, u.workflow_id, u.version, u.status::"ExecutionStatus", u.trigger::"Trigger",
                    u.trigger_block_id, u.user_id, u.runner_id, u.depth, u.is_durable, u.origin_id, u.input, u.context,
                    u.created_at, u.started_at
             FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::uuid[],
                         $9::int[], $10::boolean[], $11::uuid[], $12::text[], $13::text[], $14::timestamptz[],
                         $15::timestamptz[])
               AS u(id, workflow_id, version, status, trigger, trigger_block_id, user_id, runner_id, depth, is_durable,
                    origin_id, input, context, created_at, started_at)
             RETURNING workflow_id, created_at
           ), counted AS (
             SELECT workflow_id, count(*)::int AS count, max(created_at) AS last FROM inserted GROUP BY workflow_id
           )${isMixed ? lockedInOrder : ''}
           UPDATE workflows w
           SET execution_count = execution_count + counted.count,
               last_execution_at = greatest(w.last_execution_at, counted.last)
           FROM counted ${isMixed ? 'JOIN locked ON locked.id = counted.workflow_id' : ''}
           WHERE w.id = counted.workflow_id`,
    values: columns(rows, [
      (row) => row.id,
      (row) => row.workflowId,
      (row) => row.version,
      (row) => row.status,
      (row) => row.trigger,
      (row) => cleanText(row.triggerBlockId),
      (row) => row.userId,
      (row) => row.runnerId,
      (row) => row.depth,
      (row) => row.isDurable,
      (row) => row.originId,
      (row) => row.input.text,
      (row) => row.context,
      (row) => row.createdAt.toISOString(),
      (row) => row.startedAt?.toISOString() ?? null,
    ]),
  })
}

/** The status of a workflow's execution, or null when it has none of that id. */
export async function findStatus(workflowId: string, executionId: string): Promise<ExecutionStatus | null> {
  const result = await pool().query<{ status: ExecutionStatus }>(
    'SELECT status FROM executions WHERE id = $1 AND workflow_id = $2',
    [executionId, workflowId],
  )
  return result.rows[0]?.status ?? null
}

/** Id of the workflow an execution is of, or null when there is no such execution. */
export async function findWorkflowOf(executionId: string): Promise<string | null> {
  const result = await pool().query<{ workflow_id: string }>('SELECT workflow_id FROM executions WHERE id = $1', [
    executionId,
  ])
  return result.rows[0]?.workflow_id ?? null
}

/** Ends an execution that no process here runs. One that has ended stays as it is. */
export async function cancelUnfinished(executionId: string): Promise<void> {
  await pool().query(
    `UPDATE executions SET status = 'cancelled', error = 'The execution was cancelled',
            error_code = 'EXECUTION_CANCELLED', completed_at = now()
     WHERE id = $1 AND status IN ('queued', 'running')`,
    [executionId],
  )
}
