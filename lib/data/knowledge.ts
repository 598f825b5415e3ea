import 'server-only'
import type { CreateKnowledgeBaseBody, KnowledgeBaseItem, UpdateKnowledgeBaseBody } from '../contract/knowledge'
import { pool } from './database'
import { uuidV7 } from './uuid-v7'

interface BaseRow {
  id: string
  name: string
  description: string
  embedding_model: string | null
  source_count: string
  created_at: Date
  updated_at: Date
}

const columns = `id, name, description, embedding_model, created_at, updated_at,
  (SELECT count(*) FROM knowledge_sources WHERE base_id = knowledge_bases.id) AS source_count`

/** A page of the knowledge bases, newest first. */
export async function readKnowledgeBases(page: {
  limit: number
  offset: number
}): Promise<{ knowledge_bases: KnowledgeBaseItem[]; total: number }> {
  const [{ rows }, count] = await Promise.all([
    pool().query<BaseRow>(
      `SELECT ${columns} FROM knowledge_bases ORDER BY created_at DESC, id DESC LIMIT $1 OFFSET $2`,
      [page.limit, page.offset],
    ),
    pool().query<{ total: string }>('SELECT count(*) AS total FROM knowledge_bases'),
  ])
  return { knowledge_bases: rows.map(baseOf), total: Number(count.rows[0]?.total ?? 0) }
}

/** A knowledge base, or null. */
export async function readKnowledgeBase(id: string): Promise<KnowledgeBaseItem | null> {
  const { rows } = await pool().query<BaseRow>(`SELECT ${columns} FROM knowledge_bases WHERE id = $1`, [id])
  return rows[0] ? baseOf(rows[0]) : null
}

/** Keeps a new knowledge base. */
export async function insertKnowledgeBase(
  body: CreateKnowledgeBaseBody,
  ownerId: string | null,
): Promise<KnowledgeBaseItem> {
  const { rows } = await pool().query<BaseRow>(
    `INSERT INTO knowledge_bases (id, owner_id, name, description, embedding_model)
     VALUES ($1, $2, $3, $4, $5) RETURNING ${columns}`,
    [uuidV7(), ownerId, body.name, body.description ?? '', body.embedding_model || null],
  )
  if (!rows[0]) throw new Error('the database returned no row')
  return baseOf(rows[0])
}

/** Changes what the body names. Null when there is no such base. */
export async function updateKnowledgeBaseRow(
  id: string,
  body: UpdateKnowledgeBaseBody,
): Promise<KnowledgeBaseItem | null> {
  const { rows } = await pool().query<BaseRow>(
    `UPDATE knowledge_bases SET name = coalesce($2, name), description = coalesce($3, description),
       embedding_model = CASE WHEN $4 THEN $5 ELSE embedding_model END, updated_at = now()
     WHERE id = $1 RETURNING ${columns}`,
    [id, body.name, body.description, body.embedding_model !== undefined, body.embedding_model || null],
  )
  return rows[0] ? baseOf(rows[0]) : null
}

/** Removes a knowledge base with its sources. False when there was none. */
export async function removeKnowledgeBase(id: string): Promise<boolean> {
  const { rowCount } = await pool().query('DELETE FROM knowledge_bases WHERE id = $1', [id])
  return rowCount === 1
}

function baseOf(row: BaseRow): KnowledgeBaseItem {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    embedding_model: row.embedding_model,
    source_count: Number(row.source_count),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}
