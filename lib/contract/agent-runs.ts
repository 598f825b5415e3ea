import type { Json } from './json'

/** What a person or an earlier answer said. */
export interface ChatMessage {
  role: 'user' | 'assistant'
  content: string
}

/** Tokens of all steps together; `cost` in USD where the model's prices are set. */
export interface Usage {
  input_tokens: number
  output_tokens: number
  total_tokens: number
  cost: number | null
}

/** One call of a tool, as it is recorded. Exactly one of `output` and `error` tells how it ended; both are null while
 *  it runs. */
export interface ToolCall {
  id: string
  name: string
  input: Json
  output: Json
  error: string | null
  duration_ms: number
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
