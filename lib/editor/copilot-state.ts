import type { CopilotEvent, CopilotMessageItem } from '../contract/copilot'
import type { WorkflowDiff } from '../contract/workflow-diff'

/** A conversation as the panel shows it. */
export interface CopilotState {
  /** `unread` until the panel is opened for the first time. */
  status: 'unread' | 'reading' | 'ready' | 'unreachable'
  sessionId: string | null
  /** Who would answer; null when nobody is set up, and `problem` says so. */
  model: string | null
  problem: string | null
  messages: readonly CopilotMessageItem[]
  /** What goes on now. */
  turn: Turn | null
  /** What is drawn on the canvas to be accepted. */
  proposal: Proposal | null
  /** What stands in the text field. */
  draft: string
  /** The execution the next question is about. */
  aboutExecutionId: string | null
}

export interface Turn {
  question: string
  /** In words: thinking, or mending what did not compile. */
  status: string
  /** What the model thought, and said before it called a tool. */
  reasoning: string
  /** The answer so far. */
  text: string
  /** Names of the tools it used, as people call what they do. */
  steps: readonly { id: string; name: string; isRunning: boolean; error: string | null }[]
}

export interface Proposal {
  messageId: string
  diff: WorkflowDiff
  /** Ids of the parts that were left out. */
  rejected: ReadonlySet<string>
}

export const closedCopilot: CopilotState = {
  status: 'unread',
  sessionId: null,
  model: null,
  problem: null,
  messages: [],
  turn: null,
  proposal: null,
  draft: '',
  aboutExecutionId: null,
}

/** A turn that has just begun. */
export function newTurn(question: string): Turn {
  return { question, status: 'Thinking', reasoning: '', text: '', steps: [] }
}

/** The turn after what was told of it. `complete` and `error` end it: they are the caller's. */
export function afterEvent(turn: Turn, event: CopilotEvent): Turn {
  switch (event.event) {
    case 'status':
      return { ...turn, status: event.message }
    case 'reasoning_delta':
      return { ...turn, reasoning: turn.reasoning + event.delta }
    case 'content_delta':
      return { ...turn, text: turn.text + event.delta }
    case 'tool_call':
      return afterToolCall(turn, event)
    case 'complete':
    case 'error':
      return turn
  }
}

/** What was said before a tool is called was no answer. */
function afterToolCall(turn: Turn, { id, name, state, error }: Extract<CopilotEvent, { event: 'tool_call' }>): Turn {
  const step = { id, name, isRunning: state === 'started', error }
  const isKnown = turn.steps.some((one) => one.id === id)
  const steps = isKnown ? turn.steps.map((one) => (one.id === id ? step : one)) : [...turn.steps, step]
  const said = turn.text.trim()
  return { ...turn, steps, text: '', reasoning: said === '' ? turn.reasoning : `${turn.reasoning}${said}\n` }
}
