import 'server-only'
import { getApp } from './app'
import { describeExecution } from './copilot-executions'
import { copilotPrompt } from './copilot-prompt'
import { openSight, type CopilotSight } from './copilot-sight'
import { copilotTools, type CopilotWork } from './copilot-tools'
import type { ChatMessage, ToolCall, Usage } from '../contract/agent-runs'
import type { CopilotMessageItem } from '../contract/copilot'
import type { Graph, GraphIssue } from '../contract/graph'
import type { Principal } from '../contract/principal'
import type { WorkflowDiff } from '../contract/workflow-diff'
import { copilotSteps } from '../limits'
import { newRecord } from '../models/converse'
import type { ChosenModel } from '../models/provider'

/** A question, and everything an answer needs. */
export interface CopilotTurn {
  workflowId: string
  principal: Principal
  model: ChosenModel
  graph: Graph
  message: string
  executionId: string | null
  /** What was said before, oldest first. */
  history: readonly CopilotMessageItem[]
  signal: AbortSignal
}

/** Who hears of a turn while it goes on. */
export interface CopilotListener {
  onText: (delta: string) => void
  onReasoning: (delta: string) => void
  /** Called when a tool is called and again when it ended. */
  onToolCall: (call: ToolCall) => void
  /** A proposal came back to be mended. */
  onMending: (round: number) => void
}

export interface CopilotAnswer {
  content: string
  diff: WorkflowDiff | null
  issues: GraphIssue[]
  usage: Usage
}

/** Asks the model once, with the copilot's tools. @throws BlockError when the model fails; the signal's reason. */
export async function takeCopilotTurn(turn: CopilotTurn, listener: CopilotListener): Promise<CopilotAnswer> {
  const sight = await openSight(turn.graph)
  const work: CopilotWork = { ...turn, sight, proposal: null, rounds: 0 }
  const record = newRecord()
  const { text } = await getApp().models.converse(turn.model, {
    system: copilotPrompt(sight.secretNames),
    messages: await messagesOf(turn, sight),
    tools: copilotTools(work),
    temperature: null,
    maxOutputTokens: null,
    outputSchema: null,
    maxSteps: copilotSteps,
    tokenBudget: null,
    signal: turn.signal,
    onText: listener.onText,
    onReasoning: listener.onReasoning,
    onToolCall(call) {
      listener.onToolCall(call)
      if (call.name === 'propose' && hasEnded(call) && !work.proposal) listener.onMending(work.rounds)
    },
    record,
  })
  const { proposal } = work
  return {
    content: text.trim() || (proposal ? 'Here is the change.' : 'The model gave no answer.'),
    diff: proposal?.diff ?? null,
    issues: proposal?.issues ?? [],
    usage: record.usage,
  }
}

/** A call is told when it begins and again when it ended. */
export function hasEnded(call: ToolCall): boolean {
  return call.output !== null || call.error !== null || call.duration_ms > 0
}

async function messagesOf(turn: CopilotTurn, sight: CopilotSight): Promise<ChatMessage[]> {
  const before = turn.history.map((message): ChatMessage => ({
    role: message.role,
    content: sight.clean(message.role === 'user' ? message.content : answered(message)),
  }))
  const about =
    turn.executionId === null
      ? ''
      : `\n\nThis is about the following execution.\n${sight.data(
          `execution ${turn.executionId}`,
          await describeExecution(turn.workflowId, turn.executionId),
        )}`
  return [...before, { role: 'user', content: `${sight.clean(turn.message)}${about}` }]
}

/** The graph itself tells what became of a proposal. */
function answered({ content, error, workflow_diff: diff }: CopilotMessageItem): string {
  if (error !== null) return `(No answer: ${error})`
  return diff ? `${content}\n(You proposed a change here.)` : content
}
