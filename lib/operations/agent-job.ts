import 'server-only'
import { openTools, type ToolCaller } from './agent-tools'
import type { AgentJob } from './perform-agent-run'
import type { AgentItem } from '../contract/agents'

/** What a saved agent brings to a run of its own. `caller` is whose rights its tools have. */
export async function jobOfAgent(
  agent: AgentItem,
  caller: Omit<ToolCaller, 'owner'>,
): Promise<
  Pick<
    AgentJob,
    | 'model'
    | 'systemPrompt'
    | 'tools'
    | 'close'
    | 'temperature'
    | 'maxTokens'
    | 'outputSchema'
    | 'maxSteps'
    | 'tokenBudget'
    | 'signal'
  >
> {
  const { settings } = agent
  const signal = settings.timeout_ms
    ? AbortSignal.any([caller.signal, AbortSignal.timeout(settings.timeout_ms)])
    : caller.signal
  return {
    model: agent.model,
    systemPrompt: agent.system_prompt,
    ...(await openTools(agent.tools, { ...caller, signal, owner: agent.id })),
    temperature: settings.temperature ?? null,
    maxTokens: settings.max_tokens ?? null,
    outputSchema: settings.output_schema ?? null,
    maxSteps: settings.max_steps ?? null,
    tokenBudget: settings.token_budget ?? null,
    signal,
  }
}
