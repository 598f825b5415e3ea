import * as z from 'zod/mini'
import { isJsonObject, type JsonObject } from '../contract/json'
import { send } from './api-client'

// Apart from the calls that only write: what parses answers is loaded when something is read.

const storedSchema = z.object({
  name: z.string(),
  description: z.nullable(z.string()),
  color: z.nullable(z.string()),
  variables: z.custom<JsonObject>(isJsonObject),
  notes: z._default(z.array(z.looseObject({ id: z.string(), text: z.string() })), []),
  blocks: z.array(z.looseObject({ type: z.string(), config: z.custom<JsonObject>(isJsonObject) })),
  edges: z.array(z.looseObject({})),
})

/** A workflow with its newest saved graph, as far as a copy of it needs. */
export type StoredWorkflow = z.infer<typeof storedSchema>

/** Reads a workflow. @throws ApiError. */
export async function readWorkflow(id: string): Promise<StoredWorkflow> {
  return storedSchema.parse(await send('GET', `/api/workflows/${id}`))
}

/** A workflow as a search finds it. */
export interface FoundWorkflow {
  id: string
  name: string
}

const foundSchema = z.object({ workflows: z.array(z.object({ id: z.string(), name: z.string() })) })

/** The workflows worked on last whose name contains a text. @throws ApiError. */
export async function findWorkflows(text: string): Promise<FoundWorkflow[]> {
  const search = new URLSearchParams({ q: text, sort: 'updated_at', limit: '8' })
  return foundSchema.parse(await send('GET', `/api/workflows?${search}`)).workflows
}
