import * as z from 'zod/mini'
import type { ExecutionItem, ExecutionStatus, Trigger } from '../contract/execution'
import { isJsonObject } from '../contract/json'
import { call, send } from './api-client'

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

/** Runs an execution again with the same input, from a block on when one is named, and tells the id of the new one
 *  without waiting for its end. @throws ApiError. */
export async function rerunExecution(workflowId: string, executionId: string, fromBlock?: string): Promise<string> {
  const response = await call(`/api/workflows/${workflowId}/executions/${executionId}/rerun`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'respond-async' },
    body: JSON.stringify(fromBlock === undefined ? {} : { from_block: fromBlock }),
  })
  return rerunSchema.parse(await response.json()).execution_id
}

const hourMs = 3_600_000
const rerunSchema = z.object({ execution_id: z.string() })
// What the server itself made is checked for being there, not key by key.
const pageSchema = z.object({
  executions: z.array(z.custom<ListedExecution>(isJsonObject)),
  next_cursor: z.nullable(z.string()),
})
