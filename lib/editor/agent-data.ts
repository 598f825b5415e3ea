import { z } from 'zod'
import { toolCallSchema, usageSchema } from '../contract/agent-runs'
import { isJsonObject, type Json } from '../contract/json'
import type { OrchestrationStep } from '../contract/orchestrations'
import type { ShownToolCall } from './agent-turns'
import { withStep, type ShownStep } from './orchestration-turns'

const agentDataSchema = z.object({
  model: z.string().nullish(),
  usage: usageSchema,
  tool_calls: z.array(toolCallSchema).default([]),
  // The server's own: checked for being there, not key by key.
  steps: z
    .array(z.custom<OrchestrationStep>((step) => isJsonObject(step) && typeof step['agent_name'] === 'string'))
    .default([]),
})

/** What a block's data tells of the models it asked. */
export interface AgentData {
  model: string | null
  usage: z.infer<typeof usageSchema>
  toolCalls: readonly ShownToolCall[]
  steps: readonly ShownStep[]
}

/** Reads it from a block's data, whatever its type; null where the data tells of none. */
export function readAgentData(data: Json): AgentData | null {
  const parsed = agentDataSchema.safeParse(data)
  if (!parsed.success) return null
  const { model, usage, tool_calls: toolCalls, steps } = parsed.data
  return {
    model: model ?? null,
    usage,
    toolCalls: toolCalls.map((call) => ({ ...call, isRunning: false })),
    steps: steps.reduce<ShownStep[]>(withStep, []),
  }
}
