import { z } from 'zod'
import type { Json } from './json'

/** What a person or an earlier answer said. */
export interface ChatMessage {
  role: 'user' | 'assistant'
  content: string
}

const json = z.custom<Json>((value) => value !== undefined)

/** Tokens of all steps together; `cost` in USD where the model's prices are set. */
export const usageSchema = z.object({
  input_tokens: z.number(),
  output_tokens: z.number(),
  total_tokens: z.number(),
  cost: z.number().nullable(),
})
export type Usage = z.infer<typeof usageSchema>

/** One call of a tool, as it is recorded. Exactly one of `output` and `error` tells how it ended; both are null while
 *  it runs. */
export const toolCallSchema = z.object({
  id: z.string(),
  name: z.string(),
  input: json,
  output: json,
  error: z.string().nullable(),
  duration_ms: z.number(),
})
export type ToolCall = z.infer<typeof toolCallSchema>

/** Tells a call that has ended from one that runs. */
export function hasEnded({ output, error, duration_ms: durationMs }: ToolCall): boolean {
  return output !== null || error !== null || durationMs > 0
}

/** Usage of nothing yet. */
export function noUsage(): Usage {
  return { input_tokens: 0, output_tokens: 0, total_tokens: 0, cost: null }
}

/** Two usages together. */
export function addUsage(a: Usage, b: Usage): Usage {
  return {
    input_tokens: a.input_tokens + b.input_tokens,
    output_tokens: a.output_tokens + b.output_tokens,
    total_tokens: a.total_tokens + b.total_tokens,
    cost: a.cost === null && b.cost === null ? null : (a.cost ?? 0) + (b.cost ?? 0),
  }
}
