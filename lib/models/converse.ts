import 'server-only'
import { Output, jsonSchema, streamText, type LanguageModel, type TextStreamPart, type ToolSet } from 'ai'
import { describeModelError } from './describe-model-error'
import { modelName, type ChosenModel } from './provider'
import { readStructured } from './structured-output'
import { toToolSet, type AgentTool } from './tool-set'
import { BlockError } from '../blocks/contract'
import type { ChatMessage, ToolCall, Usage } from '../contract/agent-runs'
import { noUsage } from '../contract/agent-runs'
import type { Json, JsonObject } from '../contract/json'
import type { ModelTerms } from '../contract/providers'

// The SDK prints its warnings unless told not to; what matters of them ends up in an answer or an error.
globalThis.AI_SDK_LOG_WARNINGS = false

/** What is said to a model, and within which bounds. */
export interface Conversation {
  system: string
  messages: readonly ChatMessage[]
  tools: readonly AgentTool[]
  temperature: number | null
  maxOutputTokens: number | null
  /** A JSON schema the answer has to fit; null for text. */
  outputSchema: JsonObject | null
  /** Answers of the model, those that only call tools included. */
  maxSteps: number
  /** Tokens of all steps together; null for no bound. */
  tokenBudget: number | null
  signal: AbortSignal
  onText: (text: string) => void
  /** Hears what the model thinks before it answers, where it tells. */
  onReasoning?: (text: string) => void
  /** Called when a tool is called and again when it ended. */
  onToolCall: (call: ToolCall) => void
  /** Filled as the conversation goes, so that a failed one tells as well what it did. */
  record: { usage: Usage; toolCalls: ToolCall[] }
}

export interface ConversationAnswer {
  /** The text of the last step, or the value that fits `outputSchema`. */
  output: Json
  text: string
}

/** A model ready to be called. */
export interface CallableModel {
  chosen: ChosenModel
  handle: LanguageModel
  terms: ModelTerms
}

/** Talks with a model, running the tools it calls, until it answers without calling one. */
export async function converse(model: CallableModel, conversation: Conversation): Promise<ConversationAnswer> {
  const end: ConversationEnd = { text: '', steps: 0, finishReason: null, rawFinishReason: undefined }
  const parts = ask(model, conversation)
  try {
    for await (const part of parts) take(part, end, { model, conversation })
  } catch (error) {
    conversation.signal.throwIfAborted()
    throw describeModelError(error, model.chosen)
  }
  // The stream ends quietly when its signal aborts.
  conversation.signal.throwIfAborted()
  requireAnswer(end, model, conversation)
  const output = conversation.outputSchema ? readStructured(end.text, conversation.outputSchema) : end.text
  return { output, text: end.text }
}

interface ConversationEnd {
  text: string
  steps: number
  finishReason: string | null
  rawFinishReason: string | undefined
}

function ask(
  { chosen, handle, terms }: CallableModel,
  conversation: Conversation,
): AsyncIterable<TextStreamPart<ToolSet>> {
  const { outputSchema, temperature, maxSteps, tokenBudget, record } = conversation
  const maxOutputTokens = smallest(conversation.maxOutputTokens, terms.max_output_tokens ?? null)
  return streamText({
    model: handle,
    ...(conversation.system.trim() === '' ? {} : { system: conversation.system }),
    messages: conversation.messages.map(({ role, content }) => ({ role, content })),
    tools: toToolSet(conversation.tools, conversation),
    ...(temperature === null ? {} : { temperature }),
    ...(maxOutputTokens === null ? {} : { maxOutputTokens }),
    ...(outputSchema ? { output: Output.object({ schema: jsonSchema(outputSchema) }) } : {}),
    // A schema that people write for themselves rarely keeps the rules of the strict mode; the answer is checked here.
    providerOptions: { openai: { strictJsonSchema: false }, [chosen.provider.name]: { strictJsonSchema: false } },
    stopWhen: ({ steps }) =>
      steps.length >= maxSteps || (tokenBudget !== null && record.usage.total_tokens >= tokenBudget),
    // Retries are made at the door, where `Retry-After` is read.
    maxRetries: 0,
    abortSignal: conversation.signal,
    // Errors arrive as parts of the stream; the default prints them.
    onError: () => undefined,
  }).fullStream
}

function take(
  part: TextStreamPart<ToolSet>,
  end: ConversationEnd,
  { model, conversation }: { model: CallableModel; conversation: Conversation },
): void {
  switch (part.type) {
    case 'start-step':
      end.text = ''
      return
    case 'text-delta':
      end.text += part.text
      if (part.text !== '') conversation.onText(part.text)
      return
    case 'reasoning-delta':
      return part.text === '' ? undefined : conversation.onReasoning?.(part.text)
    case 'tool-error':
      return recordRefusedCall(part, conversation)
    case 'finish-step':
      end.steps++
      end.finishReason = part.finishReason
      end.rawFinishReason = part.rawFinishReason
      return addStep(conversation.record.usage, part.usage, model.terms)
    case 'error':
      throw part.error
    default:
      return
  }
}

/** Calls that never reached their tool: an unknown name, or input that does not fit. */
function recordRefusedCall(
  part: { toolCallId: string; toolName: string; input: unknown; error: unknown },
  { record, onToolCall }: Conversation,
): void {
  if (record.toolCalls.some((call) => call.id === part.toolCallId)) return
  const error = part.error instanceof Error ? part.error.message : String(part.error)
  // Input of a tool call is what a model sent as JSON.
  const call: ToolCall = {
    id: part.toolCallId,
    name: part.toolName,
    input: part.input as Json,
    output: null,
    error,
    duration_ms: 0,
  }
  record.toolCalls.push(call)
  onToolCall(call)
}

function addStep(
  total: Usage,
  step: { inputTokens: number | undefined; outputTokens: number | undefined; totalTokens: number | undefined },
  terms: ModelTerms,
): void {
  const input = step.inputTokens ?? 0
  const output = step.outputTokens ?? 0
  total.input_tokens += input
  total.output_tokens += output
  total.total_tokens += step.totalTokens ?? input + output
  if (terms.input_price === undefined && terms.output_price === undefined) return
  const cost = (input * (terms.input_price ?? 0) + output * (terms.output_price ?? 0)) / 1_000_000
  total.cost = (total.cost ?? 0) + cost
}

/** A failure is a failure: half an answer is not handed on as a whole one. */
function requireAnswer(end: ConversationEnd, { chosen }: CallableModel, conversation: Conversation): void {
  const name = modelName(chosen)
  const { total_tokens: tokens } = conversation.record.usage
  if (end.finishReason === null || end.rawFinishReason === undefined)
    throw new BlockError(`${name} gave no usable answer: it broke off`)
  if (end.finishReason === 'tool-calls') {
    const { tokenBudget, maxSteps } = conversation
    if (tokenBudget !== null && tokens >= tokenBudget)
      throw new BlockError(
        `${name} used ${tokens} tokens without an answer; the budget is ${tokenBudget} (token_budget)`,
      )
    throw new BlockError(`${name} was still calling tools after ${maxSteps} steps (max_steps)`)
  }
  if (end.finishReason === 'content-filter') throw new BlockError(`${name} refused to answer: its content filter acted`)
  if (end.finishReason === 'length' && end.text === '')
    throw new BlockError(`${name} reached its token limit before it answered: raise max_tokens`)
}

function smallest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b)
}

/** An empty record for a conversation to fill. */
export function newRecord(): Conversation['record'] {
  return { usage: noUsage(), toolCalls: [] }
}
