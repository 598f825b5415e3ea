import 'server-only'
import { pool } from './database'

/** A chunk that a search found. */
export interface FoundChunk {
  id: string
  source_id: string
  source_name: string
  text: string
}

const found = 'c.id, c.source_id, s.name AS source_name, c.text'

/** The base's chunks that share words with the query, those with all of them first. A query with quotes or a minus means
 *  what it says: those words together, and not that one. */
export async function findByWords(baseId: string, query: string, limit: number): Promise<FoundChunk[]> {
  const { rows } = await pool().query<FoundChunk>(
    `WITH wanted AS (
       SELECT websearch_to_tsquery('english', $2) AS every,
         CASE WHEN $2 ~ '"|(^|\\s)-' THEN websearch_to_tsquery('english', $2)
           ELSE replace(plainto_tsquery('english', $2)::text, ' & ', ' | ')::tsquery END AS some)
     SELECT ${found} FROM wanted, knowledge_chunks c JOIN knowledge_sources s ON s.id = c.source_id
     WHERE c.base_id = $1 AND c.words @@ wanted.some
     ORDER BY c.words @@ wanted.every DESC, ts_rank(c.words, wanted.some, 1) DESC, c.id LIMIT $3`,
    [baseId, query, limit],
  )
  return rows
}

/** The base's chunks, of those that the model embedded, whose embeddings point most nearly where this one does. All have
 *  length 1. */
export async function findByEmbedding(
  baseId: string,
  { model, embedding }: { model: string; embedding: readonly number[] },
  limit: number,
): Promise<FoundChunk[]> {
  const { rows } = await pool().query<FoundChunk>(
    `SELECT ${found} FROM knowledge_chunks c JOIN knowledge_sources s ON s.id = c.source_id
     CROSS JOIN LATERAL (SELECT sum(a * b) AS cosine FROM unnest(c.embedding, $2::real[]) AS u(a, b)) AS near
     WHERE c.base_id = $1 AND s.embedded_by = $5 AND cardinality(c.embedding) = $4 AND near.cosine > 0
     ORDER BY near.cosine DESC, c.id LIMIT $3`,
    [baseId, `{${embedding.join(',')}}`, limit, embedding.length, model],
  )
  return rows
}
