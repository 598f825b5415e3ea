import 'server-only'
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { pool } from './database'

/** A version to keep. `document` is the graph's JSON text as it was saved, webhook secrets taken out. */
export interface KeptVersion {
  workflowId: string
  version: number
  document: string
  createdBy: string | null
}

/** A kept version as lists show it. */
export interface VersionEntry {
  version: number
  deployedAt: Date | null
  createdAt: Date
  createdBy: string | null
  /** Their name, else their e-mail address. */
  createdByName: string | null
}

/** Keeps a version's graph for ever, its text once for all versions of the same content. A version that is kept
 *  already stays as it is, one of a deleted workflow is not kept. One statement, so it is whole with or without a transaction around it. */
export async function keepVersion(client: pg.Pool | pg.PoolClient, kept: KeptVersion): Promise<void> {
  const hash = createHash('sha256').update(kept.document).digest()
  await client.query(
    // The workflow's row is locked before the document's, as a delete does it. Updating a document to itself locks it:
    // `deleteUnusedDocuments` cannot take it away before the version stands.
    `WITH workflow AS MATERIALIZED (
       SELECT id FROM workflows WHERE id = $1::uuid FOR KEY SHARE
     ), document AS (
       INSERT INTO graph_documents (hash, document)
       SELECT $3::bytea, $4::text FROM workflow
       WHERE NOT EXISTS (SELECT 1 FROM graph_versions WHERE workflow_id = $1::uuid AND version = $2::int)
       ON CONFLICT (hash) DO UPDATE SET document = graph_documents.document
       RETURNING hash
     )
     INSERT INTO graph_versions (workflow_id, version, hash, created_by)
     SELECT $1::uuid, $2::int, hash, $5::uuid FROM document
     ON CONFLICT (workflow_id, version) DO NOTHING`,
    [kept.workflowId, kept.version, hash, kept.document, kept.createdBy],
  )
}

/** Notes that a kept version went live, now by the database's clock. */
export async function markVersionDeployed(client: pg.PoolClient, workflowId: string, version: number): Promise<void> {
  await client.query('UPDATE graph_versions SET deployed_at = now() WHERE workflow_id = $1 AND version = $2', [
    workflowId,
    version,
  ])
}

/** A page of a workflow's kept versions, newest first, and how many there are. */
export async function readVersions(
  workflowId: string,
  page: { limit: number; offset: number },
): Promise<{ versions: VersionEntry[]; total: number }> {
  const [counted, listed] = await Promise.all([
    pool().query<{ total: number }>('SELECT count(*)::int AS total FROM graph_versions WHERE workflow_id = $1', [
      workflowId,
    ]),
    pool().query<VersionRow>(
      `SELECT v.version, v.deployed_at, v.created_at, v.created_by, coalesce(nullif(u.name, ''), u.email) AS name
       FROM graph_versions v LEFT JOIN users u ON u.id = v.created_by
       WHERE v.workflow_id = $1 ORDER BY v.version DESC LIMIT $2 OFFSET $3`,
      [workflowId, page.limit, page.offset],
    ),
  ])
  return {
    total: counted.rows[0]?.total ?? 0,
    versions: listed.rows.map((row) => ({
      version: row.version,
      deployedAt: row.deployed_at,
      createdAt: row.created_at,
      createdBy: row.created_by,
      createdByName: row.name,
    })),
  }
}

interface VersionRow {
  version: number
  deployed_at: Date | null
  created_at: Date
  created_by: string | null
  name: string | null
}

/** The graph of a kept version as JSON text, or null when that version was never deployed or run. */
export async function readKeptDocument(workflowId: string, version: number): Promise<string | null> {
  const { rows } = await pool().query<{ document: string }>(
    `SELECT d.document FROM graph_versions v JOIN graph_documents d ON d.hash = v.hash
     WHERE v.workflow_id = $1 AND v.version = $2`,
    [workflowId, version],
  )
  return rows[0]?.document ?? null
}

/** Hashes of the documents a workflow's versions point at, locked until the transaction ends. */
export async function lockDocuments(client: pg.PoolClient, workflowId: string): Promise<Buffer[]> {
  // In one order for everyone, so that two deletes never wait for each other.
  const { rows } = await client.query<{ hash: Buffer }>(
    `SELECT hash FROM graph_documents
     WHERE hash IN (SELECT hash FROM graph_versions WHERE workflow_id = $1) ORDER BY hash FOR UPDATE`,
    [workflowId],
  )
  return rows.map((row) => row.hash)
}

/** Deletes those of the documents that no version points at any more. They must be locked. */
export async function deleteUnusedDocuments(client: pg.PoolClient, hashes: readonly Buffer[]): Promise<void> {
  if (hashes.length === 0) return
  await client.query(
    `DELETE FROM graph_documents d WHERE d.hash = ANY($1)
       AND NOT EXISTS (SELECT 1 FROM graph_versions v WHERE v.hash = d.hash)`,
    [hashes],
  )
}
