import 'server-only'
import { pool } from './database'

/** What the database knows of the key its secrets were written with; null while the database is new. */
export async function readKeyCheck(): Promise<string | null> {
  const { rows } = await pool().query<{ key_check: string }>('SELECT key_check FROM installation WHERE id = 1')
  return rows[0]?.key_check ?? null
}

/** Records the key check of a new database. Returns the one that stands: of two processes starting at once the first
 *  one's. */
export async function recordKeyCheck(keyCheck: string): Promise<string> {
  await pool().query('INSERT INTO installation (id, key_check) VALUES (1, $1) ON CONFLICT (id) DO NOTHING', [keyCheck])
  return (await readKeyCheck()) ?? keyCheck
}
