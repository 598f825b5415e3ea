import type { ToolCall, Usage } from '../contract/agent-runs'
import type { AgentEvent, AgentMessageItem } from '../contract/agents'
import type { Json } from '../contract/json'

/** A call of a tool, which may still be going on. */
export type ShownToolCall = ToolCall & { isRunning: boolean }

/** A question and what became of it. */
export interface Turn {
  question: string
  status: 'running' | 'completed' | 'failed' | 'stopped'
  /** The answer, as far as it has come. */
  text: string
  toolCalls: readonly ShownToolCall[]
  model: string | null
  usage: Usage | null
  error: string | null
}

/** How a run ended before its answer did. */
export interface EarlyEnd {
  status: 'failed' | 'stopped'
  error: string | null
}

/** A question that was just asked. */
export function newTurn(question: string): Turn {
  return { question, status: 'running', text: '', toolCalls: [], model: null, usage: null, error: null }
}

/** A stored conversation as turns. */
export function turnsOfMessages(messages: readonly AgentMessageItem[]): Turn[] {
  const turns: Turn[] = []
  for (const message of messages) {
    const last = turns.at(-1)
    if (message.role === 'user') turns.push({ ...newTurn(message.content), status: 'completed' })
    else if (last)
      Object.assign(last, {
        text: message.content,
        model: message.model,
        usage: message.usage,
        toolCalls: message.tool_calls.map((call) => ({ ...call, isRunning: false })),
      })
  }
  return turns
}

/** The turn after the next events of its run. */
export function applyAgentEvents(turn: Turn, events: readonly AgentEvent[]): Turn {
  return events.reduce(applyAgentEvent, turn)
}

/** The turn of a run that ended early: stopped by hand, or broken off. */
export function endTurn(turn: Turn, end: EarlyEnd): Turn {
  if (turn.status !== 'running') return turn
  return { ...turn, ...end, toolCalls: turn.toolCalls.map((call) => ({ ...call, isRunning: false })) }
}

/** An answer as text: a structured one is laid out. */
export function textOfOutput(output: Json): string {
  return typeof output === 'string' ? output : JSON.stringify(output, null, 2)
}

function applyAgentEvent(turn: Turn, event: AgentEvent): Turn {
  switch (event.type) {
    case 'run_start':
      return turn
    case 'chunk':
      return { ...turn, text: turn.text + event.chunk }
    case 'tool_start':
    case 'tool_end': {
      const call = { ...event.tool_call, isRunning: event.type === 'tool_start' }
      return { ...turn, toolCalls: withCall(turn.toolCalls, call) }
    }
    case 'done': {
      const toolCalls = event.tool_calls.map((call) => ({ ...call, isRunning: false }))
      const { model, usage } = event
      return { ...turn, status: 'completed', text: textOfOutput(event.output), toolCalls, model, usage }
    }
    case 'error':
      return endTurn(turn, { status: 'failed', error: event.error })
  }
}

function withCall(calls: readonly ShownToolCall[], call: ShownToolCall): ShownToolCall[] {
  return calls.some(({ id }) => id === call.id)
    ? calls.map((one) => (one.id === call.id ? call : one))
    : [...calls, call]
}
