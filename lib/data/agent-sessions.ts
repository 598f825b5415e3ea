import 'server-only'
import { toolCallSchema, usageSchema, type ChatMessage } from '../contract/agent-runs'
import type { AgentMessageItem, AgentSessionItem } from '../contract/agents'
import { pool, transaction } from './database'
import { uuidV7 } from './uuid-v7'

interface SessionRow {
  id: string
  agent_id: string
  title: string
  created_at: Date
  updated_at: Date
}

const columns = 'id, agent_id, title, created_at, updated_at'

/** Begins a conversation with an agent. */
export async function insertAgentSession(agentId: string, userId: string | null, title: string): Promise<string> {
  const id = uuidV7()
  await pool().query('INSERT INTO agent_sessions (id, agent_id, user_id, title) VALUES ($1, $2, $3, $4)', [
    id,
    agentId,
    userId,
    title,
  ])
  return id
}

/** A conversation with that agent, or null. */
export async function readAgentSession(agentId: string, id: string): Promise<AgentSessionItem | null> {
  const { rows } = await pool().query<SessionRow>(
    `SELECT ${columns} FROM agent_sessions WHERE id = $1 AND agent_id = $2`,
    [id, agentId],
  )
  return rows[0] ? sessionOf(rows[0]) : null
}

/** The agent a conversation is with, or null. */
export async function findAgentOf(sessionId: string): Promise<string | null> {
  const { rows } = await pool().query<{ agent_id: string }>('SELECT agent_id FROM agent_sessions WHERE id = $1', [
    sessionId,
  ])
  return rows[0]?.agent_id ?? null
}

/** A page of an agent's conversations, the latest first. */
export async function readAgentSessions(
  agentId: string,
  page: { limit: number; offset: number },
): Promise<{ sessions: AgentSessionItem[]; total: number }> {
  const [rows, count] = await Promise.all([
    pool().query<SessionRow>(
      `SELECT ${columns} FROM agent_sessions WHERE agent_id = $1 ORDER BY updated_at DESC, id DESC LIMIT $2 OFFSET $3`,
      [agentId, page.limit, page.offset],
    ),
    pool().query<{ total: string }>('SELECT count(*) AS total FROM agent_sessions WHERE agent_id = $1', [agentId]),
  ])
  return { sessions: rows.rows.map(sessionOf), total: Number(count.rows[0]?.total ?? 0) }
}

interface MessageRow {
  role: ChatMessage['role']
  content: string
  run_id: string | null
  model: string | null
  usage: string | null
  tool_calls: string | null
  created_at: Date
}

/** The last messages of a conversation, oldest first, each answer with what its run used and called. */
export async function readAgentMessages(sessionId: string, limit: number): Promise<AgentMessageItem[]> {
  const { rows } = await pool().query<MessageRow>(
    `SELECT message.role, message.content, message.run_id, message.created_at, run.model, run.usage, run.tool_calls
     FROM agent_messages message LEFT JOIN agent_runs run ON run.id = message.run_id
     WHERE message.session_id = $1 ORDER BY message.id DESC LIMIT $2`,
    [sessionId, limit],
  )
  return rows.reverse().map((row) => ({
    ...row,
    usage: row.usage === null ? null : usageSchema.parse(JSON.parse(row.usage)),
    tool_calls: row.tool_calls === null ? [] : toolCallSchema.array().parse(JSON.parse(row.tool_calls)),
    created_at: row.created_at.toISOString(),
  }))
}

/** Adds a question and its answer, together: of two that come at once, none is torn apart. */
export async function appendExchange(
  sessionId: string,
  exchange: { question: string; answer: string; runId: string },
): Promise<void> {
  await transaction(async (client) => {
    await client.query('UPDATE agent_sessions SET updated_at = now() WHERE id = $1', [sessionId])
    await client.query(
      `INSERT INTO agent_messages (session_id, role, content, run_id)
       VALUES ($1, 'user', $2, NULL), ($1, 'assistant', $3, $4)`,
      [sessionId, storable(exchange.question), storable(exchange.answer), exchange.runId],
    )
  })
}

/** Forgets a conversation. False when there was none. */
export async function removeAgentSession(agentId: string, id: string): Promise<boolean> {
  const { rowCount } = await pool().query('DELETE FROM agent_sessions WHERE id = $1 AND agent_id = $2', [id, agentId])
  return rowCount === 1
}

function sessionOf(row: SessionRow): AgentSessionItem {
  return { ...row, created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString() }
}

/** Postgres text holds no NUL. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}
