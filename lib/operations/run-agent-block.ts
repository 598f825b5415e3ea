import 'server-only'
import { jobOfAgent } from './agent-job'
import { openTools, readTools } from './agent-tools'
import { performAgentRun, type AgentJob } from './perform-agent-run'
import { BlockError, type AgentAnswer, type AgentRequest } from '../blocks/contract'
import { hasEnded, type ToolCall } from '../contract/agent-runs'
import { isUuid } from '../contract/ids'
import { readAgent } from '../data/agents'
import type { AgentCaller } from '../engine/running-execution'

/** Runs the agent of a block: a saved one, where the block's own filled fields win but for the tools, or the model the
 *  block names. @throws BlockError when it fails. */
export async function runAgentBlock(request: AgentRequest, caller: AgentCaller): Promise<AgentAnswer> {
  const origin = { sessionId: null, orchestrationId: null, executionId: caller.executionId, blockId: caller.blockId }
  const heard = {
    messages: request.messages,
    onText: caller.onText,
    onToolCall: (call: ToolCall) =>
      caller.onStep({ kind: 'tool', tool_call: { ...call }, is_running: !hasEnded(call) }),
  }
  if (request.agentId === null) {
    const opened = await openTools(readTools(request.tools), { ...caller, owner: caller.executionId })
    return performAgentRun({ ...inlineJob(request, caller), ...heard, ...opened, origin: { ...origin, agentId: null } })
  }
  const agent = isUuid(request.agentId) ? await readAgent(request.agentId) : null
  if (!agent) throw new BlockError(`There is no agent ${request.agentId} (config.agent_id)`)
  const job = await jobOfAgent(agent, caller)
  return performAgentRun({
    ...job,
    ...heard,
    origin: { ...origin, agentId: agent.id },
    model: request.model ?? job.model,
    systemPrompt: request.systemPrompt ?? job.systemPrompt,
    temperature: request.temperature ?? job.temperature,
    maxTokens: request.maxTokens ?? job.maxTokens,
    outputSchema: request.outputSchema ?? job.outputSchema,
  })
}

function inlineJob(
  request: AgentRequest,
  caller: AgentCaller,
): Omit<AgentJob, 'origin' | 'tools' | 'close' | 'messages' | 'onText' | 'onToolCall'> {
  return {
    model: request.model,
    systemPrompt: request.systemPrompt ?? '',
    temperature: request.temperature,
    maxTokens: request.maxTokens,
    outputSchema: request.outputSchema,
    maxSteps: null,
    tokenBudget: null,
    signal: caller.signal,
  }
}
