import 'server-only'
import type pg from 'pg'
import type { Graph } from '../contract/graph'
import type { SealedSecrets } from './webhook-endpoints'

/** A workflow's draft, its row locked until the transaction ends. */
export interface LockedDraft {
  version: number
  /** The graph's JSON text, webhook secrets taken out. */
  document: string
  sealed: SealedSecrets
}

/** A workflow's sealed secrets as one JSON value, so that they come in the same query as the graph. Expects the
 *  workflow's row as `w`. */
export const sealedSecretsColumn = `coalesce((
  SELECT json_agg(json_build_array(e.block_id, encode(e.secret, 'base64')))
  FROM webhook_endpoints e WHERE e.workflow_id = w.id), '[]') AS sealed`

/** Locks a workflow against other saves and deploys, and reads its draft. Null when there is no such workflow. */
export async function lockDraft(client: pg.PoolClient, workflowId: string): Promise<LockedDraft | null> {
  // Locked first and read second: a query that waited for the lock would show other tables as they were before.
  const locked = await client.query('SELECT 1 FROM workflows WHERE id = $1 FOR UPDATE', [workflowId])
  if (locked.rowCount === 0) return null
  const { rows } = await client.query<{ version: number; graph: string; sealed: SealedSecrets }>(
    `SELECT w.version, w.graph, ${sealedSecretsColumn} FROM workflows w WHERE w.id = $1`,
    [workflowId],
  )
  const [row] = rows
  return row ? { version: row.version, document: row.graph, sealed: row.sealed } : null
}

/** Locks a workflow against other saves and deploys. Returns the version of its draft, null when there is no such
 *  workflow. */
export async function lockVersion(client: pg.PoolClient, workflowId: string): Promise<number | null> {
  const { rows } = await client.query<{ version: number }>('SELECT version FROM workflows WHERE id = $1 FOR UPDATE', [
    workflowId,
  ])
  return rows[0]?.version ?? null
}

/** Replaces a workflow's draft. Returns the version it now has. */
export async function writeDraft(client: pg.PoolClient, workflowId: string, document: string): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    'UPDATE workflows SET graph = $2, version = version + 1, updated_at = now() WHERE id = $1 RETURNING version',
    [workflowId, document],
  )
  const [row] = rows
  if (!row) throw new Error(`workflow ${workflowId} went away under its lock`)
  return row.version
}

/** Reads a graph document of ours. */
export function readDocument(document: string): Graph {
  // Written by writeDocument from a parsed graph.
  return JSON.parse(document) as Graph
}

/** The text a graph is stored as. */
export function writeDocument(graph: Graph): string {
  return JSON.stringify({ blocks: graph.blocks, edges: graph.edges })
}
