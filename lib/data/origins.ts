import 'server-only'
import { pool } from './database'
import { readWhole } from './finished-executions'
import { isJsonObject, type JsonObject } from '../contract/json'

/** What is needed to run an execution again. */
export interface OriginRow {
  id: string
  version: number
  triggerBlockId: string | null
  /** Its own input, whole. */
  input: JsonObject
  /** Metadata of the webhook call behind it. */
  request: JsonObject | null
}

/** Reads an execution that is to be run again, or null when the workflow has none of that id. */
export async function readOrigin(workflowId: string, executionId: string): Promise<OriginRow | null> {
  const { rows } = await pool().query<{
    version: number
    trigger_block_id: string | null
    input: string | null
    context: string | null
  }>('SELECT version, trigger_block_id, input, context FROM executions WHERE id = $1 AND workflow_id = $2', [
    executionId,
    workflowId,
  ])
  const [row] = rows
  if (!row) return null
  const input = await readWhole(row.input)
  const context: unknown = JSON.parse(row.context ?? 'null')
  const request = isJsonObject(context) ? context['request'] : null
  return {
    id: executionId,
    version: row.version,
    triggerBlockId: row.trigger_block_id,
    input: isJsonObject(input) ? input : {},
    request: isJsonObject(request) ? request : null,
  }
}
