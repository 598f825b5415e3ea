import 'server-only'
import type pg from 'pg'
import { armWindowMinutes } from '../limits'
import { pool, transaction } from './database'
import { endSchedule } from './schedules'

/** Puts a version live: closes an open arm window and takes up its schedule (JSON text, null for none). */
export async function activate(
  client: pg.PoolClient,
  workflowId: string,
  live: { version: number; scheduleConfig: string | null },
): Promise<void> {
  await client.query(
    `UPDATE workflows SET state = 'deployed', deployed_version = $2, schedule_config = $3, armed_until = NULL
     WHERE id = $1`,
    [workflowId, live.version, live.scheduleConfig],
  )
}

/** Takes a workflow off line, its arm window and schedule with it. False when there is no such workflow. */
export async function deactivate(workflowId: string): Promise<boolean> {
  return transaction(async (client) => {
    // The workflow's row first, as everyone locks it.
    const { rowCount } = await client.query(
      `UPDATE workflows SET state = 'internal', deployed_version = NULL, schedule_config = NULL, armed_until = NULL
       WHERE id = $1`,
      [workflowId],
    )
    await endSchedule(client, workflowId)
    return rowCount === 1
  })
}

/** Opens the window in which one call is let in, from now on by the database's clock. Returns its end, null when there
 *  is no such workflow. */
export async function openArmWindow(workflowId: string): Promise<Date | null> {
  const { rows } = await pool().query<{ armed_until: Date }>(
    `UPDATE workflows SET armed_until = now() + make_interval(mins => $2) WHERE id = $1 RETURNING armed_until`,
    [workflowId, armWindowMinutes],
  )
  return rows[0]?.armed_until ?? null
}

/** Closes the arm window, open or not. False when there is no such workflow. */
export async function closeArmWindow(workflowId: string): Promise<boolean> {
  const { rowCount } = await pool().query('UPDATE workflows SET armed_until = NULL WHERE id = $1', [workflowId])
  return rowCount === 1
}
