import 'server-only'
import { pool } from './database'
import { timeOfUuidV7 } from './uuid-v7'
import type { StoredTable } from '../contract/health'

/** How much room the tables of executions take, indexes and long values included, and how old the oldest row of each
 *  is. The sizes are read from the file system, the ages from one end of an index: cheap at any size. */
export async function readStorage(): Promise<StoredTable[]> {
  const { rows } = await pool().query<{ table: string; size_bytes: string; oldest: string | null }>(
    `SELECT t.name AS table, pg_total_relation_size(t.name::regclass) AS size_bytes, t.oldest
     FROM (VALUES
       ('executions', (SELECT id::text FROM executions ORDER BY id LIMIT 1)),
       ('block_logs', (SELECT execution_id::text FROM block_logs ORDER BY execution_id LIMIT 1)),
       ('large_values', (SELECT id::text FROM large_values ORDER BY id LIMIT 1))
     ) AS t(name, oldest)`,
  )
  return rows.map(({ table, size_bytes, oldest }) => ({
    table,
    size_bytes: Number(size_bytes),
    // Their keys are time-ordered: the first was made first.
    oldest_at: oldest === null ? null : timeOfUuidV7(oldest).toISOString(),
  }))
}
