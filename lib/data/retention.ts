import 'server-only'
import type pg from 'pg'
import { pool, transaction } from './database'
import { idempotencyKeyDays } from '../limits'

/** How long ended executions stay. Null: for ever. */
export interface RetentionRule {
  /** Days since the execution was created. */
  days: number | null
  /** Of the ended ones only the newest so many. */
  count: number | null
}

/** A workflow whose executions do not stay for ever. */
export interface RetainedWorkflow extends RetentionRule {
  workflowId: string
}

/** What workflows with `text` in their name say themselves, letter case aside: those that say something first. */
export async function readRetentionRules(
  text: string,
  limit: number,
): Promise<{ workflows: (RetentionRule & { id: string; name: string })[]; total: number }> {
  // No name holds a NUL, and Postgres would refuse to look for one.
  if (text.includes('\0')) return { workflows: [], total: 0 }
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await pool().query<{
    id: string
    name: string
    days: number | null
    count: number | null
    total: number
  }>(
    `SELECT id, name, retention_days AS days, retention_count AS count, count(*) OVER ()::int AS total
     FROM workflows WHERE name_key LIKE $1 ESCAPE '\\'
     ORDER BY (coalesce(retention_days, retention_count) IS NULL), name_key COLLATE "C", id LIMIT $2`,
    [pattern, limit],
  )
  return {
    workflows: rows.map(({ id, name, days, count }) => ({ id, name, days, count })),
    total: rows[0]?.total ?? 0,
  }
}

/** A place in a workflow's history: everything up to it, it included, is past retention. */
export interface HistoryPlace {
  createdAt: Date
  id: string
}

const ended = `status IN ('completed', 'failed', 'cancelled', 'timed_out')`

/** The workflows with a rule of their own, or all of them when the installation has one. */
export async function readRetainedWorkflows(standard: RetentionRule): Promise<RetainedWorkflow[]> {
  const { rows } = await pool().query<{ id: string; days: number | null; count: number | null }>(
    `SELECT id, coalesce(retention_days, $1::int) AS days, coalesce(retention_count, $2::int) AS count
     FROM workflows WHERE coalesce(retention_days, $1::int, retention_count, $2::int) IS NOT NULL ORDER BY id`,
    [standard.days, standard.count],
  )
  return rows.map(({ id, days, count }) => ({ workflowId: id, days, count }))
}

/** Where a workflow's history ends by its rule; null while all of it may stay. By the database's clock. */
export async function findRetentionEnd(rule: RetainedWorkflow): Promise<HistoryPlace | null> {
  const { rows } = await pool().query<{ created_at: Date; id: string }>(
    `(SELECT created_at, id FROM executions
      WHERE workflow_id = $1 AND $2::int IS NOT NULL AND created_at < now() - make_interval(days => $2::int)
      ORDER BY created_at DESC, id DESC LIMIT 1)
     UNION ALL
     (SELECT created_at, id FROM executions
      WHERE workflow_id = $1 AND $3::int IS NOT NULL AND ${ended} AND NOT is_kept
      ORDER BY created_at DESC, id DESC OFFSET $3::int LIMIT 1)
     ORDER BY created_at DESC, id DESC LIMIT 1`,
    [rule.workflowId, rule.days, rule.count],
  )
  const [row] = rows
  return row ? { createdAt: row.created_at, id: row.id } : null
}

/** Deletes the oldest executions between two places of a history (`after` excluded, `upTo` included), `maxRows` at
 *  most, with everything that belongs to them. Passed over: those not ended, those kept, those whose idempotency key
 *  still lives (a caller that tries again must be told the first result, not start a second run), and those another
 *  process deletes right now. Returns how many went and where to go on; null when the end is reached. */
export async function deleteOldExecutions(
  workflowId: string,
  range: { after: HistoryPlace | null; upTo: HistoryPlace; maxRows: number },
): Promise<{ deleted: number; next: HistoryPlace | null }> {
  const { after, upTo, maxRows } = range
  return transaction(async (client) => {
    const { rows } = await client.query<{ created_at: Date; id: string }>(
      `SELECT created_at, id FROM executions e
       WHERE workflow_id = $1 AND (created_at, id) <= ($2, $3::uuid)
         AND ($4::timestamptz IS NULL OR (created_at, id) > ($4, $5::uuid))
         AND ${ended} AND NOT is_kept
         AND NOT EXISTS (SELECT 1 FROM idempotency_keys k
                         WHERE k.execution_id = e.id AND k.created_at > now() - make_interval(days => $6))
       ORDER BY created_at, id LIMIT $7 FOR UPDATE OF e SKIP LOCKED`,
      [workflowId, upTo.createdAt, upTo.id, after?.createdAt ?? null, after?.id ?? null, idempotencyKeyDays, maxRows],
    )
    const last = rows.at(-1)
    if (!last) return { deleted: 0, next: null }
    await deleteExecutions(
      client,
      rows.map((row) => row.id),
    )
    const next = rows.length < maxRows ? null : { createdAt: last.created_at, id: last.id }
    return { deleted: rows.length, next }
  })
}

/** Pins an execution against retention, or lets it go again. False when the workflow has none of that id. */
export async function setKept(workflowId: string, executionId: string, isKept: boolean): Promise<boolean> {
  const { rowCount } = await pool().query('UPDATE executions SET is_kept = $3 WHERE id = $2 AND workflow_id = $1', [
    workflowId,
    executionId,
    isKept,
  ])
  return rowCount === 1
}

async function deleteExecutions(client: pg.PoolClient, ids: readonly string[]): Promise<void> {
  for (const table of ['block_logs', 'large_values', 'idempotency_keys'])
    await client.query(`DELETE FROM ${table} WHERE execution_id = ANY($1::uuid[])`, [ids])
  await client.query('DELETE FROM executions WHERE id = ANY($1::uuid[])', [ids])
}
