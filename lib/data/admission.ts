import 'server-only'
import type pg from 'pg'
import { pool, transaction } from './database'
import { insertExecutions, type NewExecution } from './executions'
import { idempotencyKeyDays } from '../limits'

/** What a start must win besides its own row. */
export interface AdmissionGuard {
  idempotency: { scope: string; key: string } | null
  /** Takes the arm window of the execution's workflow: one call gets it. */
  spendsArm: boolean
}

export type Admission = { kind: 'admitted' } | { kind: 'duplicate'; executionId: string } | { kind: 'inactive' }

/** Records key, disarm, execution and what `alsoWrite` adds in one transaction, or none of them. Concurrent calls with one key: the first
 *  wins, the others are told its execution. Concurrent calls for one arm window: the losers are `inactive`. */
export async function admitGuarded(
  execution: NewExecution,
  guard: AdmissionGuard,
  alsoWrite: (client: pg.PoolClient) => Promise<void> = () => Promise.resolve(),
): Promise<Admission> {
  const refusal: { admission?: Admission | undefined } = {}
  try {
    await transaction(async (client) => {
      refusal.admission = await guardAgainstRepeat(execution, guard, client)
      if (refusal.admission) throw new Refused()
      await insertExecutions([execution], client)
      await alsoWrite(client)
    })
    return { kind: 'admitted' }
  } catch (error) {
    if (error instanceof Refused && refusal.admission) return refusal.admission
    throw error
  }
}

/** The execution a key started within its lifetime, or null. */
export async function findByIdempotencyKey(scope: string, key: string): Promise<string | null> {
  const result = await pool().query<{ execution_id: string }>({
    name: 'find-idempotency-key',
    text: `SELECT execution_id FROM idempotency_keys
           WHERE scope = $1 AND key = $2 AND created_at > now() - make_interval(days => $3)`,
    values: [scope, key, idempotencyKeyDays],
  })
  return result.rows[0]?.execution_id ?? null
}

/** Forgets keys past their lifetime, a batch at a time. Returns how many went. */
export async function deleteExpiredIdempotencyKeys(maxRows: number): Promise<number> {
  const result = await pool().query(
    `DELETE FROM idempotency_keys WHERE (scope, key) IN
       (SELECT scope, key FROM idempotency_keys WHERE created_at <= now() - make_interval(days => $1) LIMIT $2)`,
    [idempotencyKeyDays, maxRows],
  )
  return result.rowCount ?? 0
}

class Refused extends Error {}

async function guardAgainstRepeat(
  execution: NewExecution,
  guard: AdmissionGuard,
  client: pg.PoolClient,
): Promise<Admission | undefined> {
  if (guard.idempotency) {
    const { scope, key } = guard.idempotency
    const taken = await client.query(
      `INSERT INTO idempotency_keys (scope, key, execution_id) VALUES ($1, $2, $3)
       ON CONFLICT (scope, key) DO UPDATE SET execution_id = excluded.execution_id, created_at = now()
         WHERE idempotency_keys.created_at <= now() - make_interval(days => $4)`,
      [scope, key, execution.id, idempotencyKeyDays],
    )
    if (taken.rowCount === 0) {
      const first = await client.query<{ execution_id: string }>(
        'SELECT execution_id FROM idempotency_keys WHERE scope = $1 AND key = $2',
        [scope, key],
      )
      return { kind: 'duplicate', executionId: first.rows[0]?.execution_id ?? '' }
    }
  }
  if (guard.spendsArm) {
    const disarmed = await client.query(
      `UPDATE workflows SET armed_until = NULL
       WHERE id = $1 AND state = 'internal' AND armed_until >= now()`,
      [execution.workflowId],
    )
    if (disarmed.rowCount === 0) return { kind: 'inactive' }
  }
  return undefined
}
