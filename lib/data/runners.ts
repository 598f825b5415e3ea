import 'server-only'
import { pool } from './database'

/** Says that a process lives. The first call registers it. */
export async function beatHeart(runnerId: string): Promise<void> {
  await pool().query(`INSERT INTO runners (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET heartbeat_at = now()`, [
    runnerId,
  ])
}

/** Takes leave: what the process left unfinished may be ended at once. */
export async function removeRunner(runnerId: string): Promise<void> {
  await pool().query('DELETE FROM runners WHERE id = $1', [runnerId])
}
