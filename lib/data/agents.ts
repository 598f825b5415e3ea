import 'server-only'
import { z } from 'zod'
import { toolConfigSchema } from '../contract/agent-tools'
import { agentSettingsSchema, type AgentItem, type CreateAgentBody, type UpdateAgentBody } from '../contract/agents'
import { pool } from './database'
import { uuidV7 } from './uuid-v7'

interface AgentRow {
  id: string
  name: string
  description: string
  model: string | null
  system_prompt: string
  settings: string
  tools: string
  created_at: Date
  updated_at: Date
}

const columns = 'id, name, description, model, system_prompt, settings, tools, created_at, updated_at'

/** A page of the agents, newest first. */
export async function readAgents(page: {
  limit: number
  offset: number
}): Promise<{ agents: AgentItem[]; total: number }> {
  const [rows, count] = await Promise.all([
    pool().query<AgentRow>(`SELECT ${columns} FROM agents ORDER BY created_at DESC, id DESC LIMIT $1 OFFSET $2`, [
      page.limit,
      page.offset,
    ]),
    pool().query<{ total: string }>('SELECT count(*) AS total FROM agents'),
  ])
  return { agents: rows.rows.map(agentOf), total: Number(count.rows[0]?.total ?? 0) }
}

/** An agent, or null. */
export async function readAgent(id: string): Promise<AgentItem | null> {
  const { rows } = await pool().query<AgentRow>(`SELECT ${columns} FROM agents WHERE id = $1`, [id])
  return rows[0] ? agentOf(rows[0]) : null
}

/** Keeps a new agent. */
export async function insertAgent(body: CreateAgentBody, ownerId: string | null): Promise<AgentItem> {
  const { rows } = await pool().query<AgentRow>(
    `INSERT INTO agents (id, owner_id, name, description, model, system_prompt, settings, tools)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${columns}`,
    [
      uuidV7(),
      ownerId,
      body.name,
      body.description ?? '',
      body.model || null,
      body.system_prompt ?? '',
      JSON.stringify(body.settings ?? {}),
      JSON.stringify(body.tools ?? []),
    ],
  )
  return agentOf(theRow(rows))
}

/** Changes what the body names. Null when there is no such agent. */
export async function updateAgentRow(id: string, body: UpdateAgentBody): Promise<AgentItem | null> {
  const { rows } = await pool().query<AgentRow>(
    `UPDATE agents SET name = coalesce($2, name), description = coalesce($3, description),
       model = CASE WHEN $4 THEN $5 ELSE model END, system_prompt = coalesce($6, system_prompt),
       settings = coalesce($7, settings), tools = coalesce($8, tools), updated_at = now()
     WHERE id = $1 RETURNING ${columns}`,
    [
      id,
      body.name,
      body.description,
      body.model !== undefined,
      body.model || null,
      body.system_prompt,
      body.settings && JSON.stringify(body.settings),
      body.tools && JSON.stringify(body.tools),
    ],
  )
  return rows[0] ? agentOf(rows[0]) : null
}

/** Removes an agent with its conversations. False when there was none. */
export async function removeAgent(id: string): Promise<boolean> {
  const { rowCount } = await pool().query('DELETE FROM agents WHERE id = $1', [id])
  return rowCount === 1
}

function agentOf(row: AgentRow): AgentItem {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    model: row.model,
    system_prompt: row.system_prompt,
    settings: agentSettingsSchema.parse(JSON.parse(row.settings)),
    tools: z.array(toolConfigSchema).parse(JSON.parse(row.tools)),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}

function theRow<T>(rows: T[]): T {
  const [row] = rows
  if (row === undefined) throw new Error('the database returned no row')
  return row
}
