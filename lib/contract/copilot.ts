import { z } from 'zod'
import { maxCopilotMessageChars, maxGraphBodyBytes, maxApiBodyBytes, maxModelNameChars } from '../limits'
import type { Usage } from './agent-runs'
import type { Endpoint } from './endpoint'
import type { BlockLog } from './execution'
import type { GraphIssue } from './graph'
import { isJsonObject, type Json, type JsonObject } from './json'
import type { WorkflowDiff } from './workflow-diff'
import { uuidParam } from './workflows'

/** A conversation about a workflow, as the API shows it. */
export interface CopilotSessionItem {
  id: string
  workflow_id: string
  /** A turn runs: another one is refused until it ended. */
  is_running: boolean
  created_at: string
}

/** The caller's newest conversation, and the model that would answer. Without one, `problem` says what to set up. */
export interface CopilotStanding {
  session: CopilotSessionItem | null
  model: string | null
  problem: string | null
}

export interface CopilotMessageItem {
  id: string
  role: 'user' | 'assistant'
  content: string
  workflow_diff: WorkflowDiff | null
  /** What compiling finds in the graph with the proposal in it. */
  issues: GraphIssue[]
  /** Why there is no answer; null when there is one. */
  error: string | null
  execution_id: string | null
  created_at: string
}

/** How a graph fared that was run without being saved. Blocks come in the order they settled. */
export interface CopilotTestRun {
  status: 'completed' | 'failed' | 'cancelled' | 'timed_out'
  output: Json
  error: string | null
  failed_block: string | null
  blocks: {
    block_id: string
    block_name: string
    status: BlockLog['status']
    duration_ms: number
    data: Json
    error: string | null
    skip_reason: string | null
    warnings: string[]
  }[]
}

/** Frames of a turn, in order; the last one is `complete` or `error`. Source: API contract, section 11. */
export type CopilotEvent =
  | { event: 'status'; status: 'thinking' | 'checking' | 'mending'; message: string }
  | { event: 'tool_call'; id: string; name: string; state: 'started' | 'ended'; error: string | null }
  | { event: 'reasoning_delta'; delta: string }
  /** A piece of the answer. What came before a `tool_call` was thinking aloud, not the answer. */
  | { event: 'content_delta'; delta: string }
  | {
      event: 'complete'
      message_id: string
      content: string
      workflow_diff: WorkflowDiff | null
      issues: GraphIssue[]
      usage: Usage
    }
  | { event: 'error'; error: string; error_code: string; message_id: string | null }

const object = z.custom<JsonObject>(isJsonObject, 'must be an object').meta({ type: 'object' })
export const startCopilotBody = z.object({ workflow_id: uuidParam })
const findQuery = z.object({ workflow_id: uuidParam })
export const chatBody = z.object({
  message: z
    .string()
    .max(maxCopilotMessageChars)
    .refine((message) => message.trim() !== '' && !message.includes('\0'), 'must not be empty or hold a NUL character'),
  /** The graph as it stands in the editor; absent: the saved one. `parseGraph` reads it. */
  workflow_state: object.nullish(),
  /** An execution of the workflow that the question is about. */
  execution_id: uuidParam.nullish(),
  /** `provider/model`; absent: the default one. */
  model: z.string().trim().max(maxModelNameChars).nullish(),
})
/** A graph that is not saved, to be run once. `parseGraph` reads it. */
export const testRunBody = z.object({ workflow_state: object, variables: object.nullish() })

export type StartCopilotBody = z.infer<typeof startCopilotBody>
export type FindCopilotQuery = z.infer<typeof findQuery>
export type ChatBody = z.infer<typeof chatBody>
export type TestRunBody = z.infer<typeof testRunBody>

const nothing = z.object({})
const sessionParams = z.object({ id: uuidParam })
export type CopilotParams = z.infer<typeof sessionParams>

const reading = { scope: 'read', body: null, maxBodyBytes: 0, status: 200 } as const
const writing = { scope: 'write', query: nothing, maxBodyBytes: maxApiBodyBytes, status: 200 } as const

export const startCopilotEndpoint: Endpoint<object, object, StartCopilotBody> = {
  ...writing,
  params: nothing,
  body: startCopilotBody,
  status: 201,
}
export const findCopilotEndpoint: Endpoint<object, FindCopilotQuery, null> = {
  ...reading,
  params: nothing,
  query: findQuery,
}
export const forgetCopilotEndpoint: Endpoint<CopilotParams, object, null> = {
  ...writing,
  params: sessionParams,
  body: null,
  status: 204,
}
export const copilotMessagesEndpoint: Endpoint<CopilotParams, object, null> = {
  ...reading,
  params: sessionParams,
  query: nothing,
}
export const chatEndpoint: Endpoint<CopilotParams, object, ChatBody> = {
  ...writing,
  params: sessionParams,
  body: chatBody,
  maxBodyBytes: maxGraphBodyBytes,
}
export const stopCopilotEndpoint: Endpoint<CopilotParams, object, object> = {
  ...writing,
  params: sessionParams,
  body: nothing,
}
export const copilotTestRunEndpoint: Endpoint<CopilotParams, object, TestRunBody> = {
  ...writing,
  params: sessionParams,
  body: testRunBody,
  maxBodyBytes: maxGraphBodyBytes,
}
