import 'server-only'
import type { PoolClient } from 'pg'
import { pool } from './database'
import type { Role } from '../contract/principal'

/** Where a deployed workflow's schedule stands. All times are the database's. */
export interface SchedulePlace {
  /** When it was taken up. */
  anchorAt: Date
  /** Null when no fire time is left. */
  nextFireAt: Date | null
  runsSoFar: number
}

/** A schedule whose time has come, and what its workflow's run needs. `config` and `variables` are JSON text. */
export interface DueSchedule {
  workflowId: string
  ownerId: string | null
  ownerRole: Role | null
  deployedVersion: number
  variables: string
  config: string
  anchorAt: Date
  runsSoFar: number
  /** The database's clock. */
  now: Date
}

/** Reads where a workflow's schedule stands, null when it has none, and the database's clock. */
export async function readSchedulePlace(workflowId: string): Promise<{ place: SchedulePlace; now: Date } | null> {
  const { rows } = await pool().query<{
    anchor_at: Date
    next_fire_at: Date | null
    runs_so_far: number
    now: Date
  }>('SELECT anchor_at, next_fire_at, runs_so_far, now() AS now FROM schedules WHERE workflow_id = $1', [workflowId])
  const [row] = rows
  if (!row) return null
  return { place: { anchorAt: row.anchor_at, nextFireAt: row.next_fire_at, runsSoFar: row.runs_so_far }, now: row.now }
}

/** Tells whether a workflow's schedule is running by these very rules (JSON text) and has a fire time left. The
 *  workflow's row must be locked. */
export async function isScheduleRunning(client: PoolClient, workflowId: string, config: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM schedules s JOIN workflows w ON w.id = s.workflow_id
     WHERE s.workflow_id = $1 AND w.schedule_config = $2 AND s.next_fire_at IS NOT NULL`,
    [workflowId, config],
  )
  return rowCount === 1
}

/** Takes up a workflow's schedule from now on by the database's clock. `firstFireAt` is told that moment. */
export async function startSchedule(
  client: PoolClient,
  workflowId: string,
  firstFireAt: (now: Date) => Date | null,
): Promise<void> {
  const { rows } = await client.query<{ now: Date }>('SELECT now() AS now')
  const now = rows[0]?.now ?? new Date()
  await client.query(
    `INSERT INTO schedules (workflow_id, anchor_at, next_fire_at) VALUES ($1, $2, $3)
     ON CONFLICT (workflow_id) DO UPDATE
       SET anchor_at = excluded.anchor_at, next_fire_at = excluded.next_fire_at, runs_so_far = 0`,
    [workflowId, now, firstFireAt(now)],
  )
}

/** Ends a workflow's schedule. A run it has already queued goes on. */
export async function endSchedule(client: PoolClient, workflowId: string): Promise<void> {
  await client.query('DELETE FROM schedules WHERE workflow_id = $1', [workflowId])
}

/** Locks the schedules whose time has come, the longest due first, `maxRows` at most. Those that another process is
 *  firing right now, or whose workflow's row is being written, are passed over until the next look: nobody waits for
 *  anybody here, although recording the run writes that row too. */
export async function lockDueSchedules(client: PoolClient, maxRows: number): Promise<DueSchedule[]> {
  const { rows } = await client.query<{
    workflow_id: string
    owner_id: string | null
    owner_role: Role | null
    deployed_version: number
    variables: string
    schedule_config: string
    anchor_at: Date
    runs_so_far: number
    now: Date
  }>({
    name: 'lock-due-schedules',
    text: `SELECT s.workflow_id, w.owner_id, (SELECT role FROM users u WHERE u.id = w.owner_id) AS owner_role,
                  w.deployed_version, w.variables, w.schedule_config, s.anchor_at, s.runs_so_far, now() AS now
           FROM schedules s JOIN workflows w ON w.id = s.workflow_id
           WHERE s.next_fire_at <= now() AND w.deployed_version IS NOT NULL AND w.schedule_config IS NOT NULL
           ORDER BY s.next_fire_at LIMIT $1
           FOR UPDATE OF s SKIP LOCKED FOR NO KEY UPDATE OF w SKIP LOCKED`,
    values: [maxRows],
  })
  return rows.map((row) => ({
    workflowId: row.workflow_id,
    ownerId: row.owner_id,
    ownerRole: row.owner_role,
    deployedVersion: row.deployed_version,
    variables: row.variables,
    config: row.schedule_config,
    anchorAt: row.anchor_at,
    runsSoFar: row.runs_so_far,
    now: row.now,
  }))
}

/** Moves schedules on after they fired. They must be locked. */
export async function advanceSchedules(
  client: PoolClient,
  fired: readonly { workflowId: string; nextFireAt: Date | null }[],
): Promise<void> {
  await client.query({
    name: 'advance-schedules',
    text: `UPDATE schedules s SET next_fire_at = u.next_fire_at, runs_so_far = s.runs_so_far + 1
           FROM unnest($1::uuid[], $2::timestamptz[]) AS u(workflow_id, next_fire_at)
           WHERE s.workflow_id = u.workflow_id`,
    values: [fired.map((one) => one.workflowId), fired.map((one) => one.nextFireAt)],
  })
}
