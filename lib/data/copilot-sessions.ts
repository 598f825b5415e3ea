import 'server-only'
import type { CopilotMessageItem, CopilotSessionItem } from '../contract/copilot'
import type { GraphIssue } from '../contract/graph'
import { workflowDiffSchema, type WorkflowDiff } from '../contract/workflow-diff'
import { copilotTurnTimeoutMs } from '../limits'
import { pool } from './database'
import { uuidV7 } from './uuid-v7'

interface SessionRow {
  id: string
  workflow_id: string
  is_running: boolean
  created_at: Date
}

// A turn that its process did not end counts as over a little after its own time limit.
const isRunning = '(s.turn_id IS NOT NULL AND s.turn_until > now())'
const sessionColumns = `s.id, s.workflow_id, ${isRunning} AS is_running, s.created_at`

/** Begins a conversation about a workflow. Null when there is no such workflow. */
export async function insertCopilotSession(workflowId: string, userId: string | null): Promise<string | null> {
  const id = uuidV7()
  const { rowCount } = await pool().query(
    `INSERT INTO copilot_sessions (id, workflow_id, user_id) SELECT $1, w.id, $3 FROM workflows w WHERE w.id = $2`,
    [id, workflowId, userId],
  )
  return rowCount === 1 ? id : null
}

/** A conversation of that person's, or null. */
export async function readCopilotSession(id: string, userId: string | null): Promise<CopilotSessionItem | null> {
  const { rows } = await pool().query<SessionRow>(
    `SELECT ${sessionColumns} FROM copilot_sessions s WHERE s.id = $1 AND s.user_id IS NOT DISTINCT FROM $2`,
    [id, userId],
  )
  return rows[0] ? sessionOf(rows[0]) : null
}

/** That person's newest conversation about a workflow, or null. */
export async function readNewestCopilotSession(
  workflowId: string,
  userId: string | null,
): Promise<CopilotSessionItem | null> {
  const { rows } = await pool().query<SessionRow>(
    `SELECT ${sessionColumns} FROM copilot_sessions s
     WHERE s.workflow_id = $1 AND s.user_id IS NOT DISTINCT FROM $2 ORDER BY s.created_at DESC, s.id DESC LIMIT 1`,
    [workflowId, userId],
  )
  return rows[0] ? sessionOf(rows[0]) : null
}

/** Forgets a conversation, its running turn included. False when that person has none of that id. */
export async function removeCopilotSession(id: string, userId: string | null): Promise<boolean> {
  const { rowCount } = await pool().query(
    'DELETE FROM copilot_sessions WHERE id = $1 AND user_id IS NOT DISTINCT FROM $2',
    [id, userId],
  )
  return rowCount === 1
}

/** Makes `turnId` the turn that runs. False while another one does. */
export async function beginTurn(sessionId: string, turnId: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE copilot_sessions s SET turn_id = $2, turn_until = now() + $3 * interval '1 millisecond'
     WHERE s.id = $1 AND NOT ${isRunning}`,
    [sessionId, turnId, copilotTurnTimeoutMs * 2],
  )
  return rowCount === 1
}

/** Tells whether a turn is still wanted: nobody stopped it, and its conversation is there. */
export async function isTurnWanted(sessionId: string, turnId: string): Promise<boolean> {
  const { rowCount } = await pool().query('SELECT 1 FROM copilot_sessions WHERE id = $1 AND turn_id = $2', [
    sessionId,
    turnId,
  ])
  return rowCount === 1
}

/** Ends a turn: that one, or whichever runs. False when none did. */
export async function endTurn(sessionId: string, turnId: string | null = null): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE copilot_sessions SET turn_id = NULL, turn_until = NULL
     WHERE id = $1 AND turn_id IS NOT NULL AND ($2::uuid IS NULL OR turn_id = $2)`,
    [sessionId, turnId],
  )
  return rowCount === 1
}

/** What is said in a conversation. */
export interface NewCopilotMessage {
  role: CopilotMessageItem['role']
  content: string
  workflowDiff?: WorkflowDiff | null
  issues?: readonly GraphIssue[]
  error?: string | null
  executionId?: string | null
}

/** Adds a message. Returns its id; null when the conversation was forgotten meanwhile. */
export async function appendCopilotMessage(sessionId: string, message: NewCopilotMessage): Promise<string | null> {
  const id = uuidV7()
  const { rowCount } = await pool().query(
    `INSERT INTO copilot_messages (id, session_id, role, content, workflow_diff, issues, error, execution_id)
     SELECT $1, s.id, $3, $4, $5, $6, $7, $8 FROM copilot_sessions s WHERE s.id = $2`,
    [
      id,
      sessionId,
      message.role,
      storable(message.content),
      message.workflowDiff ? storable(JSON.stringify(message.workflowDiff)) : null,
      storable(JSON.stringify(message.issues ?? [])),
      message.error ? storable(message.error) : null,
      message.executionId ?? null,
    ],
  )
  return rowCount === 1 ? id : null
}

interface MessageRow {
  id: string
  role: CopilotMessageItem['role']
  content: string
  workflow_diff: string | null
  issues: string
  error: string | null
  execution_id: string | null
  created_at: Date
}

/** The last messages of a conversation, oldest first. */
export async function readCopilotMessages(sessionId: string, limit: number): Promise<CopilotMessageItem[]> {
  const { rows } = await pool().query<MessageRow>(
    `SELECT id, role, content, workflow_diff, issues, error, execution_id, created_at
     FROM copilot_messages WHERE session_id = $1 ORDER BY id DESC LIMIT $2`,
    [sessionId, limit],
  )
  return rows.reverse().map((row) => ({
    ...row,
    workflow_diff: row.workflow_diff === null ? null : workflowDiffSchema.parse(JSON.parse(row.workflow_diff)),
    // Written above from what compileGraph found.
    issues: JSON.parse(row.issues) as GraphIssue[],
    created_at: row.created_at.toISOString(),
  }))
}

function sessionOf(row: SessionRow): CopilotSessionItem {
  return { ...row, created_at: row.created_at.toISOString() }
}

/** Postgres text holds no NUL. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}
