import { z } from 'zod'
import type { Endpoint } from './endpoint'
import { executionParams, type ExecutionParams } from './executions'
import { isJsonObject, type JsonObject } from './json'
import { workflowParams, type WorkflowParams } from './workflows'
import { maxApiBodyBytes } from '../limits'

const object = z.custom<JsonObject>(isJsonObject, 'must be an object').meta({ type: 'object' })

/** Body of an execute call: `variables`, or its alias `input`, which is ignored when `variables` is there. */
export const executeBodySchema = z.preprocess(
  withoutIgnoredAlias,
  z.object({
    variables: object.nullish(),
    input: object.nullish(),
    /** False runs blocks whose data is pinned. */
    pins: z.boolean().nullish(),
  }),
)
export type ExecuteBody = z.infer<typeof executeBodySchema>

/** What is ignored may be of any type. */
function withoutIgnoredAlias(body: unknown): unknown {
  if (!isJsonObject(body) || (body['variables'] ?? null) === null) return body
  return { ...body, input: undefined }
}

const anyQuery = z.object({})

/** `POST /api/workflows/{id}/execute` and `/execute/stream`. */
export const executeEndpoint: Endpoint<WorkflowParams, object, ExecuteBody> = {
  scope: 'run',
  params: workflowParams,
  query: anyQuery,
  body: executeBodySchema,
  maxBodyBytes: maxApiBodyBytes,
  status: 200,
}

/** `POST /api/workflows/{id}/executions/{eid}/cancel`. */
export const cancelEndpoint: Endpoint<ExecutionParams, object, object> = {
  scope: 'run',
  params: executionParams,
  query: anyQuery,
  body: z.object({}),
  maxBodyBytes: maxApiBodyBytes,
  status: 200,
}

/** `GET /api/workflows/{id}/executions/{eid}/events`. */
export const eventsEndpoint: Endpoint<ExecutionParams, object, undefined> = {
  scope: 'read',
  params: executionParams,
  query: anyQuery,
  body: null,
  maxBodyBytes: 0,
  status: 200,
}

/** `POST /api/webhooks/{webhook_id}`. The id is judged by the operation: a non-UUID is a 400 here. */
export const webhookEndpoint: Endpoint<{ id: string }, object, undefined> = {
  scope: null,
  params: z.object({ id: z.string() }),
  query: anyQuery,
  body: null,
  maxBodyBytes: 0,
  status: 200,
}
