import 'server-only'
import type { Json } from '../contract/json'
import type { Role } from '../contract/principal'
import { pool } from './database'
import { openSecret } from './webhook-endpoints'

/** What running a workflow needs besides its compiled graph. `variables` is JSON text. */
export interface RunnableWorkflow {
  id: string
  ownerId: string | null
  ownerRole: Role | null
  version: number
  deployedVersion: number | null
  isDeployed: boolean
  /** By the database's clock, at the time of reading. */
  isArmed: boolean
  variables: string
  /** Its sync runs go on in another process after a crash. */
  resumes: boolean
  /** Data that stands in for blocks in test runs, JSON text. */
  pins: string
}

/** A webhook's workflow and credentials. `secret` is the saved value, null when absent. */
export interface RunnableWebhook extends RunnableWorkflow {
  webhookId: string
  blockId: string
  secret: Json
}

interface RunnableRow {
  id: string
  owner_id: string | null
  owner_role: Role | null
  version: number
  deployed_version: number | null
  is_deployed: boolean
  is_armed: boolean
  variables: string
  resume: boolean
  pins: string
}

const runnableColumns = `w.id, w.owner_id, u.role AS owner_role, w.version, w.deployed_version, w.state = 'deployed' AS is_deployed,
  coalesce(w.armed_until >= now(), false) AS is_armed, w.variables, w.resume,
  w.pins`

/** Finds a workflow to run, or null. */
export async function findRunnable(workflowId: string): Promise<RunnableWorkflow | null> {
  const result = await pool().query<RunnableRow>({
    name: 'find-runnable',
    text: `SELECT ${runnableColumns} FROM workflows w LEFT JOIN users u ON u.id = w.owner_id WHERE w.id = $1`,
    values: [workflowId],
  })
  return result.rows[0] ? runnable(result.rows[0]) : null
}

/** Finds the webhooks of many calls in one query. Answers in the order asked, null for one that no newest saved graph
 *  holds. `webhookIds` are UUIDs in any letter case. */
export async function findWebhooks(webhookIds: readonly string[]): Promise<(RunnableWebhook | null)[]> {
  const result = await pool().query<RunnableRow & { webhook_id: string; block_id: string; secret: Buffer | null }>({
    name: 'find-webhooks',
    text: `SELECT e.webhook_id, e.block_id, e.secret, ${runnableColumns}
           FROM webhook_endpoints e JOIN workflows w ON w.id = e.workflow_id
                LEFT JOIN users u ON u.id = w.owner_id
           WHERE e.webhook_id = ANY($1::uuid[])`,
    values: [webhookIds],
  })
  const found = new Map(
    result.rows.map((row) => [
      row.webhook_id,
      {
        ...runnable(row),
        webhookId: row.webhook_id,
        blockId: row.block_id,
        secret: row.secret && openSecret(row.secret),
      },
    ]),
  )
  return webhookIds.map((id) => found.get(id.toLowerCase()) ?? null)
}

/** The saved graph of a version as JSON text: the newest one, or one that was kept. Null when there is no such version. */
export async function readGraphDocument(workflowId: string, version: number): Promise<string | null> {
  const result = await pool().query<{ document: string }>(
    `SELECT graph AS document FROM workflows WHERE id = $1 AND version = $2
     UNION ALL
     SELECT d.document FROM graph_versions v JOIN graph_documents d ON d.hash = v.hash
     WHERE v.workflow_id = $1 AND v.version = $2
     LIMIT 1`,
    [workflowId, version],
  )
  return result.rows[0]?.document ?? null
}

function runnable(row: RunnableRow): RunnableWorkflow {
  return {
    id: row.id,
    ownerId: row.owner_id,
    ownerRole: row.owner_role,
    version: row.version,
    deployedVersion: row.deployed_version,
    isDeployed: row.is_deployed,
    isArmed: row.is_armed,
    variables: row.variables,
    resumes: row.resume,
    pins: row.pins,
  }
}
