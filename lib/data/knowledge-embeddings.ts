import 'server-only'
import { pool } from './database'

/** How many of a base's sources the model has embedded. */
export async function countEmbedded(baseId: string, model: string): Promise<{ embedded: number; total: number }> {
  const { rows } = await pool().query<{ embedded: number; total: number }>(
    `SELECT count(*) FILTER (WHERE embedded_by = $2)::int AS embedded, count(*)::int AS total
     FROM knowledge_sources WHERE base_id = $1`,
    [baseId, model],
  )
  return rows[0] ?? { embedded: 0, total: 0 }
}

/** A base's sources that the model has not embedded, oldest first. */
export async function findUnembedded(baseId: string, model: string): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT id FROM knowledge_sources WHERE base_id = $1 AND embedded_by IS DISTINCT FROM $2 ORDER BY created_at, id`,
    [baseId, model],
  )
  return rows.map(({ id }) => id)
}

/** A source's chunks, in their order. */
export async function readChunks(sourceId: string): Promise<{ id: string; text: string }[]> {
  const { rows } = await pool().query<{ id: string; text: string }>(
    'SELECT id, text FROM knowledge_chunks WHERE source_id = $1 ORDER BY id',
    [sourceId],
  )
  return rows
}

/** Keeps the embeddings of a source's chunks, all in one. A source that has gone meanwhile is passed over. */
export async function keepEmbeddings(
  sourceId: string,
  model: string,
  chunks: readonly { id: string; embedding: readonly number[] }[],
): Promise<void> {
  await pool().query(
    `WITH source AS (UPDATE knowledge_sources SET embedded_by = $2 WHERE id = $1 RETURNING id)
     UPDATE knowledge_chunks c SET embedding = u.embedding::real[]
     FROM source, unnest($3::bigint[], $4::text[]) AS u(id, embedding) WHERE c.id = u.id AND c.source_id = source.id`,
    [sourceId, model, chunks.map(({ id }) => id), chunks.map(({ embedding }) => `{${embedding.join(',')}}`)],
  )
}
