import * as z from 'zod/mini'
import type { CopilotEvent, CopilotMessageItem, CopilotStanding, CopilotTestRun } from '../contract/copilot'
import type { Graph } from '../contract/graph'
import { isJsonObject, type Json } from '../contract/json'
import { call, send } from './api-client'
import { readFrames } from './read-frames'

const sessions = '/api/copilot/sessions'

// Answers of our own server are checked for being there, not key by key.
const standingSchema = z.custom<CopilotStanding>((value) => isJsonObject(value) && 'session' in value)
const messagesSchema = z.object({ messages: z.array(z.custom<CopilotMessageItem>(isJsonObject)) })
const stoppedSchema = z.object({ stopped: z.boolean() })
const startedSchema = z.object({ id: z.string() })
const testRunSchema = z.custom<CopilotTestRun>((value) => isJsonObject(value) && Array.isArray(value['blocks']))

/** The person's newest conversation about a workflow, and which model would answer. @throws ApiError. */
export async function findCopilot(workflowId: string): Promise<CopilotStanding> {
  return standingSchema.parse(await send('GET', `${sessions}?workflow_id=${workflowId}`))
}

/** What was said in a conversation, oldest first. @throws ApiError. */
export async function readCopilotMessages(sessionId: string): Promise<CopilotMessageItem[]> {
  return messagesSchema.parse(await send('GET', `${sessions}/${sessionId}/messages`)).messages
}

/** Begins a conversation and gives its id. @throws ApiError. */
export async function startCopilot(workflowId: string): Promise<string> {
  return startedSchema.parse(await send('POST', sessions, { workflow_id: workflowId })).id
}

/** Forgets a conversation. @throws ApiError. */
export async function forgetCopilot(sessionId: string): Promise<void> {
  await call(`${sessions}/${sessionId}`, { method: 'DELETE' })
}

/** Stops the turn that runs. False when none did. @throws ApiError. */
export async function stopCopilot(sessionId: string): Promise<boolean> {
  return stoppedSchema.parse(await send('POST', `${sessions}/${sessionId}/stop`, {})).stopped
}

/** What is asked, about which graph, and about which execution if any. */
export interface CopilotQuestion {
  message: string
  graph: Graph
  executionId: string | null
}

/** Asks the copilot and gives what it tells while it works, bunch by bunch. @throws ApiError before it begins. */
export async function* askCopilot(
  sessionId: string,
  { message, graph, executionId }: CopilotQuestion,
  signal: AbortSignal,
): AsyncGenerator<CopilotEvent[]> {
  const response = await call(`${sessions}/${sessionId}/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message, workflow_state: graph, execution_id: executionId }),
    signal,
  })
  for await (const frames of readFrames(response.body ?? new Blob().stream()))
    yield frames.flatMap(({ value }) => eventOf(value))
}

/** Runs a graph that is not saved. @throws ApiError. */
export async function testRunGraph(sessionId: string, graph: Graph): Promise<CopilotTestRun> {
  return testRunSchema.parse(await send('POST', `${sessions}/${sessionId}/test-run`, { workflow_state: graph }))
}

const eventNames: readonly string[] = [
  'status',
  'tool_call',
  'reasoning_delta',
  'content_delta',
  'complete',
  'error',
] satisfies CopilotEvent['event'][]

/** Events of other names are a newer server's. */
function eventOf(frame: Json): CopilotEvent[] {
  const isKnown = isJsonObject(frame) && typeof frame['event'] === 'string' && eventNames.includes(frame['event'])
  // Our own server's frames: what the name says is what the contract holds.
  return isKnown ? [frame as unknown as CopilotEvent] : []
}
