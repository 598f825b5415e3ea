import 'server-only'
import type { PoolClient } from 'pg'
import { pool, transaction } from './database'
import type { NewExecution } from './executions'
import { readWhole } from './finished-executions'
import type { Trigger } from '../contract/execution'
import { isJsonObject, type JsonObject } from '../contract/json'
import { maxTakeovers } from '../limits'

/** A queued execution that now belongs to a runner. `context` is the JSON text its start request left. */
export interface ClaimedRow extends NewExecution {
  inputValue: JsonObject
  takeovers: number
}

interface Row {
  id: string
  workflow_id: string
  version: number
  trigger: Trigger
  trigger_block_id: string | null
  user_id: string | null
  depth: number
  origin_id: string | null
  input: string | null
  context: string | null
  created_at: Date
  started_at: Date
  takeovers: number
}

/** Gives queued executions to a runner. Answers in the order asked; null for one that is not waiting any more: it was
 *  cancelled, or another runner was first. */
export async function claimExecutions(
  executionIds: readonly string[],
  runnerId: string,
): Promise<(ClaimedRow | null)[]> {
  const result = await pool().query<Row>({
    name: 'claim-executions',
    text: `UPDATE executions SET status = 'running', runner_id = $2, started_at = coalesce(started_at, now())
           WHERE id = ANY($1::uuid[]) AND status = 'queued'
           RETURNING id, workflow_id, version, trigger, trigger_block_id, user_id, depth, origin_id, input, context,
                     created_at, started_at, takeovers`,
    values: [executionIds, runnerId],
  })
  const claimed = new Map(
    await Promise.all(result.rows.map(async (row) => [row.id, await toClaimed(row, runnerId)] as const)),
  )
  return executionIds.map((id) => claimed.get(id) ?? null)
}

/** The executions that a runner runs, as far as the database knows. */
export async function findRunning(runnerId: string): Promise<string[]> {
  const result = await pool().query<{ id: string }>(
    `SELECT id FROM executions WHERE runner_id = $1 AND status = 'running'`,
    [runnerId],
  )
  return result.rows.map((row) => row.id)
}

/** Ends or queues again what dead processes left behind, and the executions of `lost`: a process whose heartbeat is
 *  older than the lease (milliseconds, by the database's clock; null: nobody is) is dead. Durable executions, and those of
 *  workflows that resume, go back to the queue `maxTakeovers` times at most; the others become `failed`, interrupted. */
export async function recoverInterrupted({
  leaseMs,
  enqueue,
  lost,
}: {
  leaseMs: number | null
  enqueue: (executionIds: readonly string[], client: PoolClient) => Promise<void>
  lost: readonly string[]
}): Promise<void> {
  await transaction(async (client) => {
    const orphaned = `e.status = 'running' AND (e.id = ANY($3::uuid[]) OR ($1::float8 IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM runners r
      WHERE r.id = e.runner_id AND r.heartbeat_at > now() - make_interval(secs => $1::float8 / 1000))))`
    const requeued = await client.query<{ id: string }>(
      `UPDATE executions e SET status = 'queued', runner_id = NULL, takeovers = takeovers + 1
       WHERE ${orphaned} AND e.is_durable AND e.takeovers < $2 RETURNING e.id`,
      [leaseMs, maxTakeovers, lost],
    )
    if (requeued.rows.length > 0)
      await enqueue(
        requeued.rows.map((row) => row.id),
        client,
      )
    await client.query(
      `UPDATE executions e
       SET status = 'failed', error_code = 'EXECUTION_FAILED', completed_at = now(),
           error = 'Interrupted: the process or the database stopped before this execution finished'
       WHERE ${orphaned} AND (NOT e.is_durable OR e.takeovers >= $2)`,
      [leaseMs, maxTakeovers, lost],
    )
  })
  await pool().query(`DELETE FROM runners WHERE heartbeat_at < now() - make_interval(secs => $1::float8 / 1000 * 10)`, [
    leaseMs,
  ])
}

async function toClaimed(row: Row, runnerId: string): Promise<ClaimedRow> {
  const input = await readWhole(row.input)
  return {
    id: row.id,
    workflowId: row.workflow_id,
    version: row.version,
    status: 'running',
    trigger: row.trigger,
    triggerBlockId: row.trigger_block_id,
    userId: row.user_id,
    runnerId,
    depth: row.depth,
    isDurable: true,
    originId: row.origin_id,
    input: { text: row.input ?? '{}', large: null },
    context: row.context,
    createdAt: row.created_at,
    startedAt: row.started_at,
    inputValue: isJsonObject(input) ? input : {},
    takeovers: row.takeovers,
  }
}
