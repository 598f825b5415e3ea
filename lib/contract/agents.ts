import { z } from 'zod'
import {
  executionTimeoutMs,
  maxAgentMessageChars,
  maxAgentSteps,
  maxAgentTools,
  maxApiBodyBytes,
  maxDescriptionChars,
  maxModelNameChars,
  maxNameChars,
  maxOutputTokensLimit,
  maxSystemPromptChars,
} from '../limits'
import type { ToolCall, Usage } from './agent-runs'
import { toolConfigSchema, type ToolConfig } from './agent-tools'
import type { Endpoint } from './endpoint'
import { isJsonObject, type Json, type JsonObject } from './json'
import { offsetQuery, pageSizeQuery } from './paging'
import { uuidParam } from './workflows'

// Postgres text holds every character but NUL.
const text = z.string().refine((value) => !value.includes('\0'), 'must not contain a NUL character')
const name = text.trim().min(1).max(maxNameChars)

/** How an agent runs. Unknown keys stay. */
export const agentSettingsSchema = z.looseObject({
  temperature: z.number().min(0).max(2).nullish(),
  max_tokens: z.int().min(1).max(maxOutputTokensLimit).nullish(),
  /** Answers of the model in one run, those that only call tools included. */
  max_steps: z.int().min(1).max(maxAgentSteps).nullish(),
  /** Tokens of all steps of one run. */
  token_budget: z.int().min(1).nullish(),
  timeout_ms: z.int().min(1).max(executionTimeoutMs).nullish(),
  output_schema: z.custom<JsonObject>(isJsonObject, 'must be a JSON schema').meta({ type: 'object' }).nullish(),
})
export type AgentSettings = z.infer<typeof agentSettingsSchema>

const agentFields = {
  name,
  description: text.max(maxDescriptionChars),
  /** `provider/model`, a bare model, or null for the default one. */
  model: text.trim().max(maxModelNameChars).nullable(),
  system_prompt: text.max(maxSystemPromptChars),
  settings: agentSettingsSchema,
  tools: z.array(toolConfigSchema).max(maxAgentTools),
}
export const createAgentBody = z.object({ ...z.object(agentFields).partial().shape, name })
export const updateAgentBody = z
  .object(agentFields)
  .partial()
  .refine((body) => Object.values(body).some((value) => value !== undefined), {
    message: 'send at least one of name, description, model, system_prompt, settings, tools',
  })
export const runAgentBody = z.object({
  message: text.max(maxAgentMessageChars).refine((message) => message.trim() !== '', 'must not be empty'),
  /** Goes on with an earlier conversation; absent begins one. */
  session_id: uuidParam.nullish(),
})
export type CreateAgentBody = z.infer<typeof createAgentBody>
export type UpdateAgentBody = z.infer<typeof updateAgentBody>
export const createAgentSessionBody = z.object({ title: text.trim().max(maxNameChars).nullish() })
export type RunAgentBody = z.infer<typeof runAgentBody>
export type CreateAgentSessionBody = z.infer<typeof createAgentSessionBody>

/** An agent as the API shows it. */
export interface AgentItem {
  id: string
  name: string
  description: string
  model: string | null
  system_prompt: string
  settings: AgentSettings
  tools: ToolConfig[]
  created_at: string
  updated_at: string
}

/** What a run of an agent answered. */
export interface AgentRunAnswer {
  run_id: string
  session_id: string
  status: 'completed'
  output: Json
  model: string
  usage: Usage
  tool_calls: ToolCall[]
}

/** Frames of an agent's event stream, in order. */
export type AgentEvent =
  | { type: 'run_start'; session_id: string }
  | { type: 'chunk'; chunk: string }
  | { type: 'tool_start'; tool_call: ToolCall }
  | { type: 'tool_end'; tool_call: ToolCall }
  | ({ type: 'done' } & AgentRunAnswer)
  | { type: 'error'; error: string; error_code: string }

/** A conversation as the list shows it. */
export interface AgentSessionItem {
  id: string
  agent_id: string
  title: string
  created_at: string
  updated_at: string
}

/** One thing that was said in a conversation. */
export interface AgentMessageItem {
  role: 'user' | 'assistant'
  content: string
  /** The run that gave it, while that is kept; null for what a person wrote. */
  run_id: string | null
  model: string | null
  usage: Usage | null
  tool_calls: ToolCall[]
  created_at: string
}

const nothing = z.object({})
const pageQuery = z.object({ limit: pageSizeQuery(), offset: offsetQuery })
export type PageQuery = z.infer<typeof pageQuery>
const agentParams = z.object({ id: uuidParam })
const sessionParams = z.object({ id: uuidParam, sid: uuidParam })
export type AgentParams = z.infer<typeof agentParams>
export type AgentSessionParams = z.infer<typeof sessionParams>

const reading = { scope: 'read', body: null, maxBodyBytes: 0, status: 200 } as const
const writing = { scope: 'write', query: nothing, maxBodyBytes: maxApiBodyBytes, status: 200 } as const

export const listAgentsEndpoint: Endpoint<object, PageQuery, null> = { ...reading, params: nothing, query: pageQuery }
export const createAgentEndpoint: Endpoint<object, object, CreateAgentBody> = {
  ...writing,
  params: nothing,
  body: createAgentBody,
  status: 201,
}
export const getAgentEndpoint: Endpoint<AgentParams, object, null> = { ...reading, params: agentParams, query: nothing }
export const updateAgentEndpoint: Endpoint<AgentParams, object, UpdateAgentBody> = {
  ...writing,
  params: agentParams,
  body: updateAgentBody,
}
export const deleteAgentEndpoint: Endpoint<AgentParams, object, null> = {
  ...writing,
  params: agentParams,
  body: null,
  status: 204,
}
/** `POST /api/agents/{id}/run` and `/run/stream`. */
export const runAgentEndpoint: Endpoint<AgentParams, object, RunAgentBody> = {
  ...writing,
  scope: 'run',
  params: agentParams,
  body: runAgentBody,
}
export const listAgentSessionsEndpoint: Endpoint<AgentParams, PageQuery, null> = {
  ...reading,
  params: agentParams,
  query: pageQuery,
}
export const createAgentSessionEndpoint: Endpoint<AgentParams, object, CreateAgentSessionBody> = {
  ...writing,
  scope: 'run',
  params: agentParams,
  body: createAgentSessionBody,
  status: 201,
}
export const getAgentSessionEndpoint: Endpoint<AgentSessionParams, object, null> = {
  ...reading,
  params: sessionParams,
  query: nothing,
}
export const deleteAgentSessionEndpoint: Endpoint<AgentSessionParams, object, null> = {
  ...writing,
  scope: 'run',
  params: sessionParams,
  body: null,
  status: 204,
}
