import 'server-only'
import { insertLogsSql, logArrays, valuesOfLogs, type NewBlockLog } from './block-logs'
import { arraysOf, cleanText, namesOf, picksOf, repeatable, unnestOf, type Column, type Queryable } from './columns'
import { pool, transaction } from './database'
import { endColumns, type FinishedRow } from './finish-executions'
import { holdsLargeValue, insertLargeValues } from './large-values'
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

/** What an execution is from its beginning on, whatever becomes of it. */
const lastingColumns: readonly Column<NewExecution>[] = [
  { name: 'id', type: 'uuid', of: (row) => row.id },
  { name: 'workflow_id', type: 'uuid', of: (row) => row.workflowId },
  { name: 'version', type: 'int', of: (row) => row.version },
  { name: 'trigger', type: 'text', enum: 'Trigger', of: (row) => row.trigger },
  { name: 'trigger_block_id', type: 'text', of: (row) => cleanText(row.triggerBlockId) },
  { name: 'user_id', type: 'uuid', of: (row) => row.userId },
  { name: 'runner_id', type: 'uuid', of: (row) => row.runnerId },
  { name: 'depth', type: 'int', of: (row) => row.depth },
  { name: 'is_durable', type: 'boolean', of: (row) => row.isDurable },
  { name: 'origin_id', type: 'uuid', of: (row) => row.originId },
  { name: 'input', type: 'text', of: (row) => row.input.text },
  { name: 'context', type: 'text', of: (row) => row.context },
  { name: 'created_at', type: 'timestamptz', of: (row) => row.createdAt.toISOString() },
  { name: 'started_at', type: 'timestamptz', of: (row) => row.startedAt?.toISOString() ?? null },
]
const beginColumns: readonly Column<NewExecution>[] = [
  ...lastingColumns,
  { name: 'status', type: 'text', enum: 'ExecutionStatus', of: (row) => row.status },
]

/** Writes executions and counts them for their workflows, in one statement. Writing one again changes nothing.
 *  @throws WORKFLOW_NOT_FOUND when the workflow was deleted meanwhile. */
export async function insertExecutions(rows: readonly NewExecution[], client: Queryable = pool()): Promise<void> {
  await insertLargeValues(
    rows.map((row) => ({ executionId: row.id, value: row.input })),
    client,
  )
  const statement = concernSeveral(rows) ? beginMixed : begin
  await client.query({ ...statement, values: arraysOf(rows, beginColumns) }).catch(sayWhenDeleted)
}

/** An execution that ended before it was written, with its logs. */
export interface EndedExecution {
  execution: NewExecution
  row: FinishedRow
  logs: readonly NewBlockLog[]
  /** True when an earlier attempt may have written it: nobody heard how that went. */
  isRepeat: boolean
}

/** Writes executions whole, their logs with them, and counts them for their workflows: in one statement, hence one round
 *  trip and one commit. Writing one again, as a repeat, changes nothing. @throws WORKFLOW_NOT_FOUND when the workflow was deleted
 *  meanwhile. */
export async function insertEndedExecutions(ended: readonly EndedExecution[]): Promise<void> {
  const values = ended.flatMap(({ execution, row, logs }) => [
    { executionId: row.id, value: execution.input },
    { executionId: row.id, value: row.output },
    ...valuesOfLogs(logs),
  ])
  if (!holdsLargeValue(values)) return insertEnded(ended, pool())
  await transaction(async (client) => {
    await insertLargeValues(values, client)
    await insertEnded(ended, client)
  })
}

async function insertEnded(ended: readonly EndedExecution[], client: Queryable): Promise<void> {
  const rows = ended.map(({ execution }) => execution)
  const ends = ended.map(({ row }) => row)
  const logs = ended.flatMap((one) => one.logs)
  const values = [...logArrays(logs), ...arraysOf(rows, lastingColumns), ...arraysOf(ends, endColumns)]
  // Looking for a conflict costs an eighth of the statement: only a repeat pays it. Repeats are rare, so each of them is
  // taken for a mixed batch.
  const isRepeat = ended.some((one) => one.isRepeat)
  const statement = isRepeat ? endAgain : concernSeveral(rows) ? endMixed : end
  await client.query({ ...statement, values }).catch(sayWhenDeleted)
}

function concernSeveral(rows: readonly NewExecution[]): boolean {
  return rows.some((row) => row.workflowId !== rows[0]?.workflowId)
}

/** Inserts executions given as array parameters from `$first` on. A workflow's count is written with what it counts: the
 *  list is never off by the runs of a crash. Two processes that count executions of the same workflows must not wait for
 *  each other: they lock them in one order. A batch of one workflow needs no order, and is spared the extra lock. */
function insertAndCount(
  columns: Parameters<typeof unnestOf>[0],
  { isMixed, first, onConflict }: { isMixed: boolean; first: number; onConflict: string },
): string {
  const locked = `, locked AS MATERIALIZED (
    SELECT id FROM workflows WHERE id IN (SELECT workflow_id FROM counted) ORDER BY id FOR NO KEY UPDATE
  )`
  return `inserted AS (
      INSERT INTO executions (${namesOf(columns)}) SELECT ${picksOf(columns)} FROM ${unnestOf(columns, first)}
      ${onConflict}
      RETURNING workflow_id, created_at
    ), counted AS (
      SELECT workflow_id, count(*)::int AS count, max(created_at) AS last FROM inserted GROUP BY workflow_id
    )${isMixed ? locked : ''}
    UPDATE workflows w
    SET execution_count = execution_count + counted.count,
        last_execution_at = greatest(w.last_execution_at, counted.last)
    FROM counted ${isMixed ? 'JOIN locked ON locked.id = counted.workflow_id' : ''}
    WHERE w.id = counted.workflow_id`
}

const begin = beginStatement('insert-executions', { isMixed: false })
const beginMixed = beginStatement('insert-executions-mixed', { isMixed: true })
const end = endStatement('insert-ended-executions', { isMixed: false, onConflict: '' })
const endMixed = endStatement('insert-ended-executions-mixed', { isMixed: true, onConflict: '' })
const endAgain = endStatement('insert-ended-executions-again', { isMixed: true, onConflict: repeatable })

function beginStatement(name: string, { isMixed }: { isMixed: boolean }): { name: string; text: string } {
  return { name, text: `WITH ${insertAndCount(beginColumns, { isMixed, first: 1, onConflict: repeatable })}` }
}

function endStatement(
  name: string,
  { isMixed, onConflict }: { isMixed: boolean; onConflict: string },
): { name: string; text: string } {
  const first = logArrays([]).length + 1
  const inserted = insertAndCount([...lastingColumns, ...endColumns], { isMixed, first, onConflict })
  return { name, text: `WITH logs AS (${insertLogsSql} ${onConflict}), ${inserted}` }
}

function sayWhenDeleted(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === foreignKeyViolation)
    throw new AppError('WORKFLOW_NOT_FOUND', 'Workflow not found', {}, { cause: error })
  throw error
}

const foreignKeyViolation = '23503'

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
