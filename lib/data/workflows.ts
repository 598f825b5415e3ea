import 'server-only'
import type { JsonObject } from '../contract/json'
import type {
  CreateWorkflowBody,
  ListWorkflowsQuery,
  Note,
  UpdateWorkflowBody,
  WorkflowDetail,
  WorkflowItem,
} from '../contract/workflows'
import { pool, prisma, transaction } from './database'
import { deleteUnusedDocuments, lockDocuments } from './graph-versions'
import { lockVersion, readDocument, sealedSecretsColumn } from './graphs'
import { uuidV7 } from './uuid-v7'
import type { SealedSecrets } from './webhook-endpoints'

interface ItemRow {
  id: string
  name: string
  description: string
  variables: string
  version: number
  color: string | null
  created_at: Date
  updated_at: Date
  state: WorkflowItem['state']
  schedule_config: string | null
  execution_count: number
  last_execution_at: Date | null
}

interface DetailRow extends ItemRow {
  graph: string
  sealed: SealedSecrets
  armed_until: Date | null
  deployed_version: number | null
  resume: boolean
  retention_days: number | null
  retention_count: number | null
  notes: string
  pins: string
}

const itemColumns = `w.id, w.name, w.description, w.variables, w.version, w.color, w.created_at, w.updated_at, w.state,
  w.schedule_config, w.execution_count, w.last_execution_at`

// Names compare byte by byte in lower case, so their order is the same under every database locale.
const orderings: Record<ListWorkflowsQuery['sort'], string> = {
  created_at: 'w.created_at',
  updated_at: 'w.updated_at',
  last_execution_at: 'w.last_execution_at',
  name: 'w.name_key COLLATE "C"',
}

const isArmed = "(w.state = 'internal' AND coalesce(w.armed_until >= now(), false))"
const inState = {
  internal: `(w.state = 'internal' AND NOT ${isArmed})`,
  armed: isArmed,
  deployed: "w.state = 'deployed'",
}

/** A page of the workflows in the given state whose name contains `q`, letter case aside, and how many there are in all. */
export async function readWorkflows(query: ListWorkflowsQuery): Promise<{ workflows: WorkflowItem[]; total: number }> {
  // No name holds a NUL, and Postgres would refuse to look for one.
  if (query.q.includes('\0')) return { workflows: [], total: 0 }
  const pattern = query.q === '' ? null : `%${query.q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const matches = `($1::text IS NULL OR w.name_key LIKE $1 ESCAPE '\\')${query.state ? ` AND ${inState[query.state]}` : ''}`
  const direction = query.order === 'asc' ? 'ASC' : 'DESC'
  const [counted, listed] = await Promise.all([
    pool().query<{ total: number }>(`SELECT count(*)::int AS total FROM workflows w WHERE ${matches}`, [pattern]),
    pool().query<ItemRow>(
      `SELECT ${itemColumns} FROM workflows w WHERE ${matches}
       ORDER BY ${orderings[query.sort]} ${direction} NULLS LAST, w.id LIMIT $2 OFFSET $3`,
      [pattern, query.limit, query.offset],
    ),
  ])
  return { workflows: listed.rows.map(itemOf), total: counted.rows[0]?.total ?? 0 }
}

/** A workflow with its newest saved graph, webhook secrets still apart. Null when there is none of that id. */
export async function readWorkflow(
  workflowId: string,
): Promise<{ workflow: Omit<WorkflowDetail, 'next_runs'>; sealed: SealedSecrets } | null> {
  const { rows } = await pool().query<DetailRow>(
    `SELECT ${itemColumns}, w.graph, w.deployed_version, w.resume, w.retention_days, w.retention_count,
            w.notes, w.pins, ${sealedSecretsColumn},
            CASE WHEN w.state = 'internal' AND w.armed_until >= now() THEN w.armed_until END AS armed_until
     FROM workflows w WHERE w.id = $1`,
    [workflowId],
  )
  const [row] = rows
  if (!row) return null
  const { blocks, edges } = readDocument(row.graph)
  const workflow: Omit<WorkflowDetail, 'next_runs'> = {
    ...itemOf(row),
    blocks,
    edges,
    armed_until: row.armed_until?.toISOString() ?? null,
    deployed_version: row.deployed_version,
    resume: row.resume,
    retention_days: row.retention_days,
    retention_count: row.retention_count,
    // Written below from parsed bodies.
    notes: JSON.parse(row.notes) as Note[],
    pins: JSON.parse(row.pins) as JsonObject,
  }
  return { workflow, sealed: row.sealed }
}

/** Tells whether there is a workflow of that id. */
export async function workflowExists(workflowId: string): Promise<boolean> {
  const { rowCount } = await pool().query('SELECT 1 FROM workflows WHERE id = $1', [workflowId])
  return rowCount === 1
}

/** Creates a workflow with an empty graph. Returns its id. */
export async function insertWorkflow(body: CreateWorkflowBody, ownerId: string | null): Promise<string> {
  const id = uuidV7()
  await prisma().workflow.create({
    select: { id: true },
    data: { id, ownerId, name: body.name, ...columnsOf(body), nameKey: keyOf(body.name) },
  })
  return id
}

/** Changes what `body` names and leaves the rest. False when there is no such workflow. */
export async function updateWorkflowRow(workflowId: string, body: UpdateWorkflowBody): Promise<boolean> {
  const { count } = await prisma().workflow.updateMany({
    where: { id: workflowId },
    data: { ...columnsOf(body), updatedAt: new Date() },
  })
  return count === 1
}

/** Deletes a workflow with everything that belongs to it, also what no foreign key points at. False when there is no
 *  such workflow. */
export async function removeWorkflow(workflowId: string): Promise<boolean> {
  return transaction(async (client) => {
    // The row first, as everyone locks it: new executions and versions wait outside until it is gone.
    if ((await lockVersion(client, workflowId)) === null) return false
    const documents = await lockDocuments(client, workflowId)
    for (const table of ['block_logs', 'large_values', 'idempotency_keys']) {
      await client.query(
        `DELETE FROM ${table} t USING executions e WHERE e.workflow_id = $1 AND t.execution_id = e.id`,
        [workflowId],
      )
    }
    await client.query('DELETE FROM workflows WHERE id = $1', [workflowId])
    await deleteUnusedDocuments(client, documents)
    return true
  })
}

function itemOf(row: ItemRow): WorkflowItem {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    // Written by this module and by deploy from objects.
    variables: JSON.parse(row.variables) as JsonObject,
    version: row.version,
    color: row.color,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    state: row.state,
    schedule_config: row.schedule_config === null ? null : (JSON.parse(row.schedule_config) as JsonObject),
    execution_count: row.execution_count,
    last_execution_at: row.last_execution_at?.toISOString() ?? null,
  }
}

function columnsOf(body: UpdateWorkflowBody) {
  return {
    ...(body.name !== undefined && { name: body.name, nameKey: keyOf(body.name) }),
    ...(body.description !== undefined && { description: body.description ?? '' }),
    ...(body.color !== undefined && { color: body.color }),
    ...(body.variables !== undefined && { variables: JSON.stringify(body.variables) }),
    ...(body.resume !== undefined && { resume: body.resume }),
    ...(body.retention_days !== undefined && { retentionDays: body.retention_days }),
    ...(body.retention_count !== undefined && { retentionCount: body.retention_count }),
    ...(body.notes !== undefined && { notes: JSON.stringify(body.notes) }),
    ...(body.pins !== undefined && { pins: JSON.stringify(body.pins) }),
  }
}

function keyOf(name: string): string {
  return name.toLowerCase()
}
