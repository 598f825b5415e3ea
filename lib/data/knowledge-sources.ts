import 'server-only'
import type { SourceItem } from '../contract/knowledge'
import { maxKnowledgeChunks } from '../limits'
import { pool, transaction } from './database'
import { uuidV7 } from './uuid-v7'

interface SourceRow {
  id: string
  base_id: string
  name: string
  content_type: string
  characters: number
  chunk_count: number
  embedded_by: string | null
  created_at: Date
}

/** A source to keep, cut into chunks; `embeddings` has one for each chunk, or is null. */
export interface NewSource {
  baseId: string
  name: string
  contentType: string
  text: string
  chunks: readonly string[]
  /** The model that made the embeddings, `provider/model`; null: none did. */
  embeddedBy: string | null
  embeddings: readonly (readonly number[])[] | null
}

const columns = 'id, base_id, name, content_type, length(text) AS characters, chunk_count, embedded_by, created_at'

/** A page of a base's sources, newest first. */
export async function readSources(
  baseId: string,
  page: { limit: number; offset: number },
): Promise<{ sources: SourceItem[]; total: number }> {
  const [{ rows }, count] = await Promise.all([
    pool().query<SourceRow>(
      `SELECT ${columns} FROM knowledge_sources WHERE base_id = $1
       ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3`,
      [baseId, page.limit, page.offset],
    ),
    pool().query<{ total: string }>('SELECT count(*) AS total FROM knowledge_sources WHERE base_id = $1', [baseId]),
  ])
  return { sources: rows.map(sourceOf), total: Number(count.rows[0]?.total ?? 0) }
}

/** A source of that base with its text, or null. */
export async function readSource(baseId: string, id: string): Promise<(SourceItem & { text: string }) | null> {
  const { rows } = await pool().query<SourceRow & { text: string }>(
    `SELECT ${columns}, text FROM knowledge_sources WHERE base_id = $1 AND id = $2`,
    [baseId, id],
  )
  return rows[0] ? { ...sourceOf(rows[0]), text: rows[0].text } : null
}

/** The base a source is of, or null. */
export async function findBaseOf(sourceId: string): Promise<string | null> {
  const { rows } = await pool().query<{ base_id: string }>('SELECT base_id FROM knowledge_sources WHERE id = $1', [
    sourceId,
  ])
  return rows[0]?.base_id ?? null
}

/** Keeps a source, all of it or nothing. What stood in its way is told: the base has gone, or would have too many
 *  chunks. */
export async function insertSource(source: NewSource): Promise<SourceItem | 'gone' | 'full'> {
  return transaction(async (client) => {
    // Locked, so that of two sources that come at once the second sees the first's chunks.
    const base = await client.query('SELECT FROM knowledge_bases WHERE id = $1 FOR UPDATE', [source.baseId])
    if (!base.rows[0]) return 'gone'
    const held = await client.query<{ chunks: string }>(
      'SELECT coalesce(sum(chunk_count), 0) AS chunks FROM knowledge_sources WHERE base_id = $1',
      [source.baseId],
    )
    if (Number(held.rows[0]?.chunks ?? 0) + source.chunks.length > maxKnowledgeChunks) return 'full'
    const { rows } = await client.query<SourceRow>(
      `INSERT INTO knowledge_sources (id, base_id, name, content_type, text, chunk_count, embedded_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${columns}`,
      [
        ...[uuidV7(), source.baseId, source.name, source.contentType, source.text],
        ...[source.chunks.length, source.embeddedBy],
      ],
    )
    if (!rows[0]) throw new Error('the database returned no row')
    await client.query(
      `INSERT INTO knowledge_chunks (base_id, source_id, text, words, embedding)
       SELECT $1, $2, u.text, to_tsvector('english', u.text), u.embedding::real[]
       FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS u(text, embedding, place) ORDER BY u.place`,
      [source.baseId, rows[0].id, source.chunks, source.chunks.map((_, index) => realsOf(source.embeddings?.[index]))],
    )
    return sourceOf(rows[0])
  })
}

/** Removes a source. False when the base had none of that id. */
export async function removeSource(baseId: string, id: string): Promise<boolean> {
  const { rowCount } = await pool().query('DELETE FROM knowledge_sources WHERE base_id = $1 AND id = $2', [baseId, id])
  return rowCount === 1
}

function realsOf(embedding: readonly number[] | undefined): string | null {
  return embedding ? `{${embedding.join(',')}}` : null
}

function sourceOf(row: SourceRow): SourceItem {
  return {
    id: row.id,
    knowledge_base_id: row.base_id,
    name: row.name,
    content_type: row.content_type,
    characters: row.characters,
    chunks: row.chunk_count,
    embedded_by: row.embedded_by,
    created_at: row.created_at.toISOString(),
  }
}
