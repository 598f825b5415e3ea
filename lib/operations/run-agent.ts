import 'server-only'
import { jobOfAgent } from './agent-job'
import { requireAgent } from './get-agent'
import { asAppError } from './model-failure'
import { performAgentRun } from './perform-agent-run'
import { takeFromAllowance } from './run-workflow'
import type { ChatMessage, ToolCall } from '../contract/agent-runs'
import type { AgentItem, AgentParams, AgentRunAnswer, RunAgentBody } from '../contract/agents'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import { appendExchange, insertAgentSession, readAgentMessages, readAgentSession } from '../data/agent-sessions'
import { executionTimeoutMs, maxSessionMessages } from '../limits'

/** Who hears of a run while it goes on. */
export interface AgentListener {
  onStart: (sessionId: string) => void
  onText: (text: string) => void
  onToolCall: (call: ToolCall) => void
}

const nobody: AgentListener = { onStart: () => undefined, onText: () => undefined, onToolCall: () => undefined }

/** Says something to an agent, in a conversation that it begins or goes on with. The client that leaves ends the run.
 *  @throws NOT_FOUND, RATE_LIMITED, MODEL_NOT_CONFIGURED, EXECUTION_FAILED, EXECUTION_TIMEOUT. */
export async function runAgent(
  call: Call<AgentParams, object, RunAgentBody> & { depth?: number },
  listener: AgentListener = nobody,
  stop: AbortSignal = call.request.signal,
): Promise<AgentRunAnswer> {
  takeFromAllowance(call)
  const agent = await requireAgent(call.params.id)
  const { sessionId, history } = await sessionOf(agent, call)
  listener.onStart(sessionId)
  const timeout = AbortSignal.timeout(executionTimeoutMs)
  const signal = AbortSignal.any([stop, timeout])
  try {
    const job = await jobOfAgent(agent, { principal: call.principal, depth: (call.depth ?? 0) + 1, signal })
    const { runId, output, text, model, usage, toolCalls } = await performAgentRun({
      ...job,
      messages: [...history, { role: 'user', content: call.body.message }],
      origin: { agentId: agent.id, sessionId, orchestrationId: null, executionId: null, blockId: null },
      onText: listener.onText,
      onToolCall: listener.onToolCall,
    })
    await appendExchange(sessionId, { question: call.body.message, answer: text, runId })
    return { run_id: runId, session_id: sessionId, status: 'completed', output, model, usage, tool_calls: toolCalls }
  } catch (error) {
    throw asAppError(error)
  }
}

const maxTitleChars = 80

async function sessionOf(
  agent: AgentItem,
  { body, principal }: Call<AgentParams, object, RunAgentBody>,
): Promise<{ sessionId: string; history: ChatMessage[] }> {
  const given = body.session_id
  if (!given) {
    const title = [...(body.message.trim().split('\n')[0] ?? '')].slice(0, maxTitleChars).join('')
    return { sessionId: await insertAgentSession(agent.id, principal.userId, title), history: [] }
  }
  const session = await readAgentSession(agent.id, given)
  if (!session) throw new AppError('NOT_FOUND', `The agent has no session ${given}`)
  const messages = await readAgentMessages(session.id, maxSessionMessages)
  return { sessionId: session.id, history: messages.map(({ role, content }) => ({ role, content })) }
}
