import 'server-only'
import { z } from 'zod'
import {
  orchestrationSettingsSchema,
  strategies,
  type EntityBody,
  type EntityItem,
  type OrchestrationBody,
  type OrchestrationItem,
} from '../contract/orchestrations'
import { pool } from './database'
import { uuidV7 } from './uuid-v7'

interface OrchestrationRow {
  id: string
  name: string
  description: string
  strategy: string
  settings: string
  entities: EntityItem[] | null
  created_at: Date
  updated_at: Date
}

const select = `SELECT o.id, o.name, o.description, o.strategy, o.settings, o.created_at, o.updated_at,
  (SELECT json_agg(json_build_object('id', e.id, 'entity_type', e.entity_type, 'entity_ref_id', e.entity_ref_id,
     'role_description', e.role_description, 'position', e.position) ORDER BY e.position, e.id)
   FROM orchestration_entities e WHERE e.orchestration_id = o.id) AS entities
  FROM orchestrations o`

/** A page of the orchestrations, newest first. */
export async function readOrchestrations(page: {
  limit: number
  offset: number
}): Promise<{ orchestrations: OrchestrationItem[]; total: number }> {
  const [rows, count] = await Promise.all([
    pool().query<OrchestrationRow>(`${select} ORDER BY o.created_at DESC, o.id DESC LIMIT $1 OFFSET $2`, [
      page.limit,
      page.offset,
    ]),
    pool().query<{ total: string }>('SELECT count(*) AS total FROM orchestrations'),
  ])
  return { orchestrations: rows.rows.map(orchestrationOf), total: Number(count.rows[0]?.total ?? 0) }
}

/** An orchestration with its members in the order of work, or null. */
export async function readOrchestration(id: string): Promise<OrchestrationItem | null> {
  const { rows } = await pool().query<OrchestrationRow>(`${select} WHERE o.id = $1`, [id])
  return rows[0] ? orchestrationOf(rows[0]) : null
}

/** Keeps a new orchestration without members and answers with its id. */
export async function insertOrchestration(body: OrchestrationBody, ownerId: string | null): Promise<string> {
  const id = uuidV7()
  await pool().query(
    'INSERT INTO orchestrations (id, owner_id, name, description, strategy, settings) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, ownerId, body.name, body.description, body.strategy, JSON.stringify(body.settings)],
  )
  return id
}

/** Replaces all but the members. False when there is no such orchestration. */
export async function updateOrchestrationRow(id: string, body: OrchestrationBody): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE orchestrations SET name = $2, description = $3, strategy = $4, settings = $5, updated_at = now()
     WHERE id = $1`,
    [id, body.name, body.description, body.strategy, JSON.stringify(body.settings)],
  )
  return rowCount === 1
}

/** Removes an orchestration with its members. False when there was none. */
export async function removeOrchestration(id: string): Promise<boolean> {
  const { rowCount } = await pool().query('DELETE FROM orchestrations WHERE id = $1', [id])
  return rowCount === 1
}

/** Adds a member, after the last one unless the body says where. */
export async function insertEntity(orchestrationId: string, body: EntityBody): Promise<string> {
  const id = uuidV7()
  await pool().query(
    `INSERT INTO orchestration_entities (id, orchestration_id, entity_type, entity_ref_id, role_description, position)
     SELECT $1, $2, $3, $4, $5, coalesce($6::int,
       (SELECT max(position) + 1 FROM orchestration_entities WHERE orchestration_id = $2), 0)`,
    [id, orchestrationId, body.entity_type, body.entity_ref_id, body.role_description, body.position ?? null],
  )
  return id
}

/** Replaces a member; its position stays unless the body names one. False when there is no such member. */
export async function updateEntity(orchestrationId: string, id: string, body: EntityBody): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE orchestration_entities SET entity_type = $3, entity_ref_id = $4, role_description = $5,
       position = coalesce($6::int, position) WHERE orchestration_id = $1 AND id = $2`,
    [orchestrationId, id, body.entity_type, body.entity_ref_id, body.role_description, body.position ?? null],
  )
  return rowCount === 1
}

/** Removes a member. False when there is no such member. */
export async function removeEntity(orchestrationId: string, id: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    'DELETE FROM orchestration_entities WHERE orchestration_id = $1 AND id = $2',
    [orchestrationId, id],
  )
  return rowCount === 1
}

function orchestrationOf(row: OrchestrationRow): OrchestrationItem {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    strategy: z.enum(strategies).parse(row.strategy),
    settings: orchestrationSettingsSchema.parse(JSON.parse(row.settings)),
    entities: row.entities ?? [],
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}
