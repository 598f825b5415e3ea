import 'server-only'
import type { ToolCall, Usage } from '../contract/agent-runs'
import type { Json } from '../contract/json'
import { pool } from './database'

/** Where a run of an agent comes from. */
export interface AgentRunOrigin {
  agentId: string | null
  sessionId: string | null
  orchestrationId: string | null
  executionId: string | null
  blockId: string | null
}

/** Records that a run begins. */
export async function insertAgentRun(
  run: AgentRunOrigin & { id: string; model: string; input: string },
): Promise<void> {
  await pool().query(
    `INSERT INTO agent_runs (id, agent_id, session_id, orchestration_id, execution_id, block_id, status, model, input)
     VALUES ($1, $2, $3, $4, $5, $6, 'running', $7, $8)`,
    [
      run.id,
      run.agentId,
      run.sessionId,
      run.orchestrationId,
      run.executionId,
      run.blockId,
      run.model,
      storable(run.input),
    ],
  )
}

/** Records how a run ended, with what it used and every tool call, whether it worked or not. */
export async function finishAgentRun(
  id: string,
  end: {
    status: 'completed' | 'failed' | 'cancelled' | 'timed_out'
    output: Json
    error: string | null
    usage: Usage
    toolCalls: readonly ToolCall[]
  },
): Promise<void> {
  await pool().query(
    `UPDATE agent_runs SET status = $2, output = $3, error = $4, usage = $5, tool_calls = $6, completed_at = now()
     WHERE id = $1`,
    [
      id,
      end.status,
      JSON.stringify(end.output),
      end.error === null ? null : storable(end.error),
      JSON.stringify(end.usage),
      JSON.stringify(end.toolCalls),
    ],
  )
}

/** Postgres text holds no NUL; JSON escapes it by itself. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}
