import * as z from 'zod/mini'
import type { ExecutionItem, ExecutionStatus, Trigger } from '../contract/execution'
import { isJsonObject } from '../contract/json'
import type { RerunBody, RunBlockBody } from '../contract/reruns'
import { ApiError, call, send } from './api-client'

/** What a list of executions is narrowed to. */
export interface ExecutionFilters {
  status: ExecutionStatus | null
  trigger: Trigger | null
  /** Text in input, output or error. */
  q: string
  /** Created within the last so many hours; null: ever. */
  withinHours: number | null
}

/** An execution of a list; its workflow's name where the list is of all workflows. */
export type ListedExecution = ExecutionItem & { workflow_name?: string }

/** One page of a list, newest first; `next_cursor` asks for the one after. */
export interface ListedPage {
  executions: ListedExecution[]
  next_cursor: string | null
}

/** Reads a page of a workflow's executions, or of all workflows' when `workflowId` is null. @throws ApiError. */
export async function listExecutions(
  workflowId: string | null,
  filters: ExecutionFilters,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<ListedPage> {
  const search = searchOf(filters, new Date())
  search.set('limit', String(limit))
  if (cursor !== null) search.set('cursor', cursor)
  const path = workflowId === null ? '/api/executions' : `/api/workflows/${workflowId}/executions`
  return pageSchema.parse(await send('GET', `${path}?${search}`))
}

/** The filters as the API's query says them. */
export function searchOf({ status, trigger, q, withinHours }: ExecutionFilters, now: Date): URLSearchParams {
  const search = new URLSearchParams()
  if (status !== null) search.set('status', status)
  if (trigger !== null) search.set('trigger', trigger)
  if (q !== '') search.set('q', q)
  if (withinHours !== null) search.set('from', new Date(now.getTime() - withinHours * hourMs).toISOString())
  return search
}

/** Runs an execution again as `body` says (with nothing in it: the same version with the same input), and tells the id
 *  of the new one without waiting for its end. @throws ApiError. */
export async function rerunExecution(
  workflowId: string,
  executionId: string,
  body: Partial<RerunBody> = {},
): Promise<string> {
  const response = await call(`/api/workflows/${workflowId}/executions/${executionId}/rerun`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'respond-async' },
    body: JSON.stringify(body),
  })
  return startedSchema.parse(await response.json()).execution_id
}

/** Runs one block alone and waits for its end, good or bad. Tells the id of the execution that was made of it.
 *  @throws ApiError when the block did not run at all. */
export async function runBlockAlone(workflowId: string, blockId: string, body: RunBlockBody): Promise<string> {
  const path = `/api/workflows/${workflowId}/blocks/${encodeURIComponent(blockId)}/run`
  try {
    return startedSchema.parse(await send('POST', path, body)).execution_id
  } catch (error) {
    const started = error instanceof ApiError ? startedSchema.safeParse(error.details) : null
    if (started?.success) return started.data.execution_id
    throw error
  }
}

/** Keeps an execution whatever retention says, or lets it go again. @throws ApiError. */
export async function keepExecution(workflowId: string, executionId: string, isKept: boolean): Promise<void> {
  await send('POST', `/api/workflows/${workflowId}/executions/${executionId}/keep`, { kept: isKept })
}

const hourMs = 3_600_000
const startedSchema = z.object({ execution_id: z.string() })
// What the server itself made is checked for being there, not key by key.
const pageSchema = z.object({
  executions: z.array(z.custom<ListedExecution>(isJsonObject)),
  next_cursor: z.nullable(z.string()),
})
