import 'server-only'
import { getApp } from './app'
import { requireCopilotSession } from './copilot-session'
import { hasEnded, takeCopilotTurn, type CopilotTurn } from './copilot-turn'
import { watchTurn } from './copilot-watch'
import { asAppError } from './model-failure'
import { takeFromAllowance } from './run-workflow'
import { requireExecution } from './show-execution'
import { errorFrame, streamOf, type ErrorFrame } from './stream-frames'
import { workflowNotFound } from './workflow-not-found'
import { catalog } from '../blocks/catalog'
import type { ChatBody, CopilotEvent, CopilotParams, CopilotSessionItem } from '../contract/copilot'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { Graph } from '../contract/graph'
import { appendCopilotMessage, beginTurn, endTurn, readCopilotMessages } from '../data/copilot-sessions'
import { uuidV7 } from '../data/uuid-v7'
import { putSecretsBack } from '../data/webhook-endpoints'
import { readWorkflow } from '../data/workflows'
import { parseGraph } from '../graph/parse-graph'
import { maxCopilotMessages } from '../limits'
import { isProblem } from '../models/models'
import type { ChosenModel } from '../models/provider'

type ChatCall = Call<CopilotParams, object, ChatBody>

/** Says something to the copilot and tells what it does, until it answered. One turn runs at a time; the client that
 *  leaves ends it. @throws NOT_FOUND, VALIDATION_ERROR, RATE_LIMITED, MODEL_NOT_CONFIGURED, and DUPLICATE_IN_PROGRESS
 *  while a turn runs. */
export async function chatWithCopilot(
  call: ChatCall,
): Promise<AsyncIterableIterator<{ data: CopilotEvent | ErrorFrame }>> {
  const session = await requireCopilotSession(call)
  takeFromAllowance(call)
  const graph = await graphOf(call, session.workflow_id)
  const executionId = call.body.execution_id ?? null
  if (executionId !== null) await requireExecution(session.workflow_id, executionId)
  const model = await modelOf(call)
  const turnId = uuidV7()
  if (!(await beginTurn(session.id, turnId)))
    throw new AppError('DUPLICATE_IN_PROGRESS', 'The copilot is still answering: wait for it, or stop it')
  const { workflow_id: workflowId } = session
  const turn = { workflowId, principal: call.principal, model, graph, message: call.body.message, executionId }
  return streamOf<CopilotEvent>(call.request.signal, (tell, signal) => answer({ session, turnId, turn }, tell, signal))
}

interface RunningTurn {
  session: CopilotSessionItem
  turnId: string
  turn: Omit<CopilotTurn, 'history' | 'signal'>
}

async function answer(
  { session, turnId, turn }: RunningTurn,
  tell: (event: CopilotEvent) => void,
  leaving: AbortSignal,
): Promise<void> {
  const watch = watchTurn(session.id, turnId, leaving)
  try {
    tell({ event: 'status', status: 'thinking', message: 'Thinking' })
    const history = await readCopilotMessages(session.id, maxCopilotMessages)
    const { message, executionId } = turn
    await appendCopilotMessage(session.id, { role: 'user', content: message, executionId })
    const asked = { ...turn, history, signal: watch.signal }
    const { content, diff, issues, usage } = await takeCopilotTurn(asked, listenerOf(tell))
    const messageId = await appendCopilotMessage(session.id, { role: 'assistant', content, workflowDiff: diff, issues })
    if (messageId === null) throw new AppError('NOT_FOUND', 'The conversation was forgotten meanwhile')
    tell({ event: 'complete', message_id: messageId, content, workflow_diff: diff, issues, usage })
  } catch (cause) {
    const { error, error_code } = errorFrame(asStopped(cause))
    const messageId = await appendCopilotMessage(session.id, { role: 'assistant', content: '', error })
    tell({ event: 'error', error, error_code, message_id: messageId })
  } finally {
    watch.end()
    await endTurn(session.id, turnId)
  }
}

function listenerOf(tell: (event: CopilotEvent) => void): Parameters<typeof takeCopilotTurn>[1] {
  return {
    onText: (delta) => tell({ event: 'content_delta', delta }),
    onReasoning: (delta) => tell({ event: 'reasoning_delta', delta }),
    onToolCall(call) {
      const { id, name, error } = call
      tell({ event: 'tool_call', id, name, state: hasEnded(call) ? 'ended' : 'started', error })
    },
    onMending: (round) =>
      tell({ event: 'status', status: 'mending', message: `Mending the proposal (round ${round + 1})` }),
  }
}

/** In words of a conversation. */
function asStopped(cause: unknown): unknown {
  const error = asAppError(cause)
  if (!(cause instanceof Error)) return error
  if (cause.name === 'AbortError') return new AppError('EXECUTION_CANCELLED', 'Stopped', {}, { cause })
  return cause.name === 'TimeoutError'
    ? new AppError('EXECUTION_TIMEOUT', 'The copilot did not answer in time', {}, { cause })
    : error
}

/** The graph in the editor, edits and all; else the saved one. */
async function graphOf({ body }: ChatCall, workflowId: string): Promise<Graph> {
  if (body.workflow_state) {
    const { blocks, edges } = parseGraph(body.workflow_state, catalog)
    return { blocks, edges }
  }
  const found = await readWorkflow(workflowId)
  if (!found) throw workflowNotFound()
  // With its secrets, so that they are known where they turn up elsewhere.
  return putSecretsBack({ blocks: found.workflow.blocks, edges: found.workflow.edges }, found.sealed)
}

async function modelOf({ body }: ChatCall): Promise<ChosenModel> {
  const chosen = await getApp().models.choose(body.model ?? null)
  if (isProblem(chosen))
    throw new AppError('MODEL_NOT_CONFIGURED', `The copilot needs a language model: ${chosen.message}`, {
      setting: chosen.setting,
    })
  return chosen
}
