import 'server-only'
import { dynamicTool, jsonSchema, type ToolSet } from 'ai'
import type { Conversation } from './converse'
import { parseSchema } from './structured-output'
import type { ToolCall } from '../contract/agent-runs'
import type { Json, JsonObject } from '../contract/json'
import { maxToolCallsPerRun, maxToolResultChars } from '../limits'

/** Something a model may call. */
export interface AgentTool {
  /** Letters, digits, `_` and `-`: what every vendor accepts. */
  name: string
  description: string
  /** JSON schema of an object. */
  inputSchema: JsonObject
  /** Does the work. What it throws is told to the model, which may go on. */
  run(input: JsonObject, signal: AbortSignal): Promise<Json>
}

/** The tools as the SDK takes them. Every call is recorded with input, result and time. */
export function toToolSet(tools: readonly AgentTool[], conversation: Conversation): ToolSet {
  return Object.fromEntries(
    tools.map((tool) => {
      const schema = parseSchema(tool.inputSchema, `input_schema of the tool ${tool.name}`)
      return [
        tool.name,
        dynamicTool({
          description: tool.description,
          inputSchema: jsonSchema(tool.inputSchema, {
            validate(value) {
              const parsed = schema.safeParse(value)
              return parsed.success
                ? { success: true, value }
                : { success: false, error: new Error(parsed.error.issues[0]?.message ?? 'does not fit') }
            },
          }),
          // The schema of a tool's input is one of an object, and it was just checked.
          execute: (input, { toolCallId }) =>
            callTool(tool, { id: toolCallId, input: input as JsonObject }, conversation),
        }),
      ]
    }),
  )
}

async function callTool(
  tool: AgentTool,
  { id, input }: { id: string; input: JsonObject },
  { record, onToolCall, signal }: Conversation,
): Promise<Json> {
  const call: ToolCall = { id, name: tool.name, input, output: null, error: null, duration_ms: 0 }
  record.toolCalls.push(call)
  onToolCall(call)
  const startedAt = performance.now()
  try {
    if (record.toolCalls.length > maxToolCallsPerRun) throw new Error(`more than ${maxToolCallsPerRun} tool calls`)
    call.output = shorten(await tool.run(input, signal))
    return call.output
  } catch (error) {
    signal.throwIfAborted()
    call.error = error instanceof Error ? error.message : String(error)
    return { error: call.error }
  } finally {
    call.duration_ms = Math.round(performance.now() - startedAt)
    onToolCall(call)
  }
}

function shorten(value: Json): Json {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (text.length <= maxToolResultChars) return value
  return `${text.slice(0, maxToolResultChars)} … (shortened: ${text.length} characters)`
}
