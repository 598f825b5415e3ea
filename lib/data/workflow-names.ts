import 'server-only'
import { pool } from './database'

/** Names of workflows by id. */
export async function readWorkflowNames(workflowIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool().query<{ id: string; name: string }>(
    'SELECT id, name FROM workflows WHERE id = ANY($1::uuid[])',
    [[...new Set(workflowIds)]],
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}
