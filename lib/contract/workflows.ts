import { z } from 'zod'
import {
  maxApiBodyBytes,
  maxGraphBodyBytes,
  maxNameChars,
  maxRetentionCount,
  maxRetentionDays,
  maxSearchChars,
} from '../limits'
import type { Endpoint } from './endpoint'
import type { Block, Edge, GraphIssue } from './graph'
import { isUuid } from './ids'
import { isJsonObject, type JsonObject } from './json'
import { offsetQuery, pageSizeQuery } from './paging'
import { shownStates } from './workflow-row'

export const workflowSorts = ['created_at', 'name', 'updated_at', 'last_execution_at'] as const
export type WorkflowSort = (typeof workflowSorts)[number]

/** A workflow as the API lists it. Source: API contract, section 2. */
export interface WorkflowItem {
  id: string
  name: string
  description: string
  variables: JsonObject
  version: number
  color: string | null
  created_at: string
  updated_at: string
  state: 'internal' | 'deployed'
  schedule_config: JsonObject | null
  execution_count: number
  last_execution_at: string | null
}

/** A workflow with its newest saved graph. */
export interface WorkflowDetail extends WorkflowItem {
  blocks: Block[]
  edges: Edge[]
  /** Null when no call would be let in by arming: not armed, expired, or deployed. */
  armed_until: string | null
  deployed_version: number | null
  /** When its schedule fires next, ISO 8601; empty when it has none that runs. */
  next_runs: string[]
  resume: boolean
  /** Executions older than this many days go; null: the installation's default. */
  retention_days: number | null
  /** Of the ended executions only this many stay; null: the installation's default. */
  retention_count: number | null
  notes: Note[]
  pins: JsonObject
}

export interface SavedGraph {
  ok: true
  blocks: number
  edges: number
  version: number
  issues: GraphIssue[]
}

/** A version that was deployed or run. `created_by` is a user's id, null for automation without one;
 *  `created_by_name` what people call that user, null when nobody is left behind the id. */
export interface VersionItem {
  version: number
  deployed_at: string | null
  created_at: string
  created_by: string | null
  created_by_name: string | null
}

/** Path parameter that names one of ours: a UUID, in lower case. */
export const uuidParam = z.string().refine(isUuid, 'must be a UUID').toLowerCase()
export const workflowParams = z.object({ id: uuidParam })
export type WorkflowParams = z.infer<typeof workflowParams>

// Counted in characters as people count them, not in UTF-16 units.
const text = z.string().refine((value) => !value.includes('\0'), 'must not contain a NUL character')
const name = text.refine(
  (value) => value.length > 0 && [...value].length <= maxNameChars,
  `must have 1 to ${maxNameChars} characters`,
)
const description = text.nullable()
const color = text.max(maxNameChars).nullable()
const object = z.custom<JsonObject>(isJsonObject, 'must be an object').meta({ type: 'object' })

/** A note on the canvas, no part of the graph. Keys beyond these come back as sent. */
export const noteSchema = z.looseObject({
  id: z.string().min(1).max(maxNameChars),
  text: z.string(),
  position: z.object({ x: z.number(), y: z.number() }).default({ x: 0, y: 0 }),
  size: object.optional(),
})
export type Note = z.infer<typeof noteSchema>

export const listWorkflowsQuery = z.object({
  limit: pageSizeQuery(),
  offset: offsetQuery,
  q: z
    .string()
    .default('')
    .transform((q) => [...q.trim()].slice(0, maxSearchChars).join('')),
  sort: z.enum(workflowSorts).default('created_at'),
  order: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['asc', 'desc']))
    .default('desc'),
  /** Only workflows in that state, as people see it. */
  state: z.enum(shownStates).optional(),
})
export type ListWorkflowsQuery = z.infer<typeof listWorkflowsQuery>

export const createWorkflowBody = z.object({
  name,
  description: description.optional(),
  color: color.optional(),
  variables: object.optional(),
})
export type CreateWorkflowBody = z.infer<typeof createWorkflowBody>

export const updateWorkflowBody = z
  .object({
    name,
    description,
    color,
    variables: object,
    resume: z.boolean(),
    retention_days: z.int().min(1).max(maxRetentionDays).nullable(),
    retention_count: z.int().min(1).max(maxRetentionCount).nullable(),
    notes: z.array(noteSchema),
    pins: object,
  })
  .partial()
  .refine((body) => Object.values(body).some((value) => value !== undefined), {
    message:
      'send at least one of name, description, color, variables, resume, retention_days, retention_count, notes, pins',
  })
export type UpdateWorkflowBody = z.infer<typeof updateWorkflowBody>

/** Body of a save: `parseGraph` reads it. */
export const saveGraphBody = object
export type SaveGraphBody = z.infer<typeof saveGraphBody>

const noQuery = z.object({})
const noBody = z.object({})
type Empty = object

const reading = { scope: 'read', query: noQuery, body: null, maxBodyBytes: 0, status: 200 } as const
const writing = { scope: 'write', query: noQuery, body: noBody, maxBodyBytes: maxApiBodyBytes, status: 200 } as const

export const listWorkflowsEndpoint: Endpoint<Empty, ListWorkflowsQuery, unknown> = {
  ...reading,
  params: noQuery,
  query: listWorkflowsQuery,
}
export const createWorkflowEndpoint: Endpoint<Empty, Empty, CreateWorkflowBody> = {
  ...writing,
  params: noQuery,
  body: createWorkflowBody,
  status: 201,
}
export const getWorkflowEndpoint: Endpoint<WorkflowParams, Empty, unknown> = { ...reading, params: workflowParams }
export const updateWorkflowEndpoint: Endpoint<WorkflowParams, Empty, UpdateWorkflowBody> = {
  ...writing,
  params: workflowParams,
  body: updateWorkflowBody,
}
export const deleteWorkflowEndpoint: Endpoint<WorkflowParams, Empty, unknown> = {
  ...writing,
  params: workflowParams,
  body: null,
  status: 204,
}
export const saveGraphEndpoint: Endpoint<WorkflowParams, Empty, SaveGraphBody> = {
  ...writing,
  params: workflowParams,
  body: saveGraphBody,
  maxBodyBytes: maxGraphBodyBytes,
}
/** deploy, undeploy, arm and disarm: a POST that carries nothing. */
export const switchWorkflowEndpoint: Endpoint<WorkflowParams, Empty, Empty> = { ...writing, params: workflowParams }

const versionNumber = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number)
const versionParams = z.object({ id: uuidParam, version: versionNumber })
export type VersionParams = z.infer<typeof versionParams>
export const listVersionsQuery = z.object({ limit: pageSizeQuery(), offset: offsetQuery })
export type ListVersionsQuery = z.infer<typeof listVersionsQuery>

export const listVersionsEndpoint: Endpoint<WorkflowParams, ListVersionsQuery, unknown> = {
  ...reading,
  params: workflowParams,
  query: listVersionsQuery,
}
export const getVersionEndpoint: Endpoint<VersionParams, Empty, unknown> = { ...reading, params: versionParams }
