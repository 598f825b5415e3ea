import { z } from 'zod'
import {
  executionTimeoutMs,
  maxAgentMessageChars,
  maxAgentSteps,
  maxApiBodyBytes,
  maxDescriptionChars,
  maxModelNameChars,
  maxNameChars,
  maxSystemPromptChars,
} from '../limits'
import type { Usage } from './agent-runs'
import type { PageQuery } from './agents'
import type { Endpoint } from './endpoint'
import type { Json } from './json'
import { offsetQuery, pageSizeQuery } from './paging'
import { uuidParam } from './workflows'

export const strategies = ['supervisor', 'sequential', 'parallel'] as const
export type Strategy = (typeof strategies)[number]

// Postgres text holds every character but NUL.
const text = z.string().refine((value) => !value.includes('\0'), 'must not contain a NUL character')

/** How an orchestration runs. Unknown keys stay. */
export const orchestrationSettingsSchema = z.looseObject({
  /** Of the coordinator, and of a merge by a model; null for the default one. */
  model: text.trim().max(maxModelNameChars).nullish(),
  /** What the coordinator is told beside its task. */
  instructions: text.max(maxSystemPromptChars).nullish(),
  /** Answers of the coordinator, those that delegate included. */
  max_rounds: z.int().min(1).max(maxAgentSteps).nullish(),
  /** What becomes of parallel answers: one text (the default), a list, or what a model makes of them. */
  merge: z.enum(['join', 'list', 'model']).nullish(),
  timeout_ms: z.int().min(1).max(executionTimeoutMs).nullish(),
})
export type OrchestrationSettings = z.infer<typeof orchestrationSettingsSchema>

export const orchestrationBody = z.object({
  name: text.trim().min(1).max(maxNameChars),
  description: text.max(maxDescriptionChars).default(''),
  strategy: z.enum(strategies).default('supervisor'),
  settings: orchestrationSettingsSchema.default({}),
})
export const entityBody = z.object({
  entity_type: z.literal('agent').default('agent'),
  entity_ref_id: uuidParam,
  role_description: text.max(maxDescriptionChars).default(''),
  /** Order of work; absent: after the last one. */
  position: z.int().min(0).max(1_000_000).optional(),
})
export const runOrchestrationBody = z
  .object({ message: text.max(maxAgentMessageChars), input: text.max(maxAgentMessageChars) })
  .partial()
  .refine(({ message, input }) => (message ?? input ?? '').trim() !== '', {
    path: ['message'],
    message: 'must not be empty',
  })
export type OrchestrationBody = z.infer<typeof orchestrationBody>
export type EntityBody = z.infer<typeof entityBody>
export type RunOrchestrationBody = z.infer<typeof runOrchestrationBody>

/** A member of an orchestration. */
export interface EntityItem {
  id: string
  entity_type: 'agent'
  entity_ref_id: string
  role_description: string
  position: number
}

/** An orchestration as the API shows it; its members in the order of work. */
export interface OrchestrationItem {
  id: string
  name: string
  description: string
  strategy: Strategy
  settings: OrchestrationSettings
  entities: EntityItem[]
  created_at: string
  updated_at: string
}

/** What one member did. */
export interface OrchestrationStep {
  /** From 0, in the order of starting. */
  index: number
  agent_id: string
  agent_name: string
  role: string
  status: 'running' | 'completed' | 'failed'
  input: string
  output: Json
  error: string | null
  run_id: string | null
  duration_ms: number
}

export interface OrchestrationResult {
  status: 'completed'
  output: Json
  steps: OrchestrationStep[]
  usage: Usage
}

/** Frames of an orchestration's event stream, in order. `chunk` is text of the final answer. */
export type OrchestrationEvent =
  | { type: 'run_start'; orchestration_id: string; strategy: Strategy }
  | { type: 'step_start'; step: OrchestrationStep }
  | { type: 'step_chunk'; index: number; chunk: string }
  | { type: 'step_end'; step: OrchestrationStep }
  | { type: 'chunk'; chunk: string }
  | ({ type: 'done' } & OrchestrationResult)
  | { type: 'error'; error: string; error_code: string }

const nothing = z.object({})
const pageQuery = z.object({ limit: pageSizeQuery(), offset: offsetQuery })
const params = z.object({ id: uuidParam })
const entityParams = z.object({ id: uuidParam, eid: uuidParam })
export type OrchestrationParams = z.infer<typeof params>
export type EntityParams = z.infer<typeof entityParams>

const reading = { scope: 'read', body: null, maxBodyBytes: 0, status: 200, query: nothing } as const
const writing = { scope: 'write', query: nothing, maxBodyBytes: maxApiBodyBytes, status: 200 } as const

export const listOrchestrationsEndpoint: Endpoint<object, PageQuery, null> = {
  ...reading,
  params: nothing,
  query: pageQuery,
}
export const createOrchestrationEndpoint: Endpoint<object, object, OrchestrationBody> = {
  ...writing,
  params: nothing,
  body: orchestrationBody,
  status: 201,
}
export const getOrchestrationEndpoint: Endpoint<OrchestrationParams, object, null> = { ...reading, params }
export const putOrchestrationEndpoint: Endpoint<OrchestrationParams, object, OrchestrationBody> = {
  ...writing,
  params,
  body: orchestrationBody,
}
export const deleteOrchestrationEndpoint: Endpoint<OrchestrationParams, object, null> = {
  ...writing,
  params,
  body: null,
  status: 204,
}
export const listEntitiesEndpoint: Endpoint<OrchestrationParams, object, null> = { ...reading, params }
export const addEntityEndpoint: Endpoint<OrchestrationParams, object, EntityBody> = {
  ...writing,
  params,
  body: entityBody,
  status: 201,
}
export const putEntityEndpoint: Endpoint<EntityParams, object, EntityBody> = {
  ...writing,
  params: entityParams,
  body: entityBody,
}
export const deleteEntityEndpoint: Endpoint<EntityParams, object, null> = {
  ...writing,
  params: entityParams,
  body: null,
  status: 204,
}
/** `POST /api/orchestrations/{id}/run` and `/run/stream`. */
export const runOrchestrationEndpoint: Endpoint<OrchestrationParams, object, RunOrchestrationBody> = {
  ...writing,
  scope: 'run',
  params,
  body: runOrchestrationBody,
}
