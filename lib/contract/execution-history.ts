import { z } from 'zod'
import { defaultExecutionPageSize, maxSearchChars } from '../limits'
import type { Endpoint } from './endpoint'
import { executionStatuses, triggers, type ExecutionItem, type ExecutionStatus } from './execution'
import { executionParams, type ExecutionParams } from './executions'
import { isUuid } from './ids'
import { offsetQuery, pageSizeQuery } from './paging'
import { uuidParam, workflowParams, type WorkflowParams } from './workflows'

/** A place between two executions of a list, newest first, and how many the list had at its first page. */
export interface HistoryCursor {
  createdAt: Date
  id: string
  total: number
}

/** Writes a place as the text clients hand back. */
export function writeCursor({ createdAt, id, total }: HistoryCursor): string {
  return `${createdAt.getTime()}_${id}_${total}`
}

const cursor = z.string().transform((text, context): HistoryCursor => {
  const [ms = '', id = '', total = ''] = text.split('_')
  if (/^\d{1,15}$/.test(ms) && isUuid(id) && /^\d{1,10}$/.test(total))
    return { createdAt: new Date(Number(ms)), id, total: Number(total) }
  context.addIssue({ code: 'custom', message: 'must be a next_cursor of this list' })
  return z.NEVER
})

/** ISO 8601; without an offset it is UTC. */
const moment = z.string().transform((text, context): Date => {
  const isIso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i.test(text)
  const hasOffset = /T.*(Z|[+-]\d\d:?\d\d)$/i.test(text)
  const date = new Date(hasOffset || !text.includes('T') ? text : `${text}Z`)
  if (isIso && !Number.isNaN(date.getTime())) return date
  context.addIssue({ code: 'custom', message: 'must be a date and time such as 2030-01-31T09:00:00Z' })
  return z.NEVER
})

const filters = {
  limit: pageSizeQuery(defaultExecutionPageSize),
  offset: offsetQuery,
  status: z.enum(executionStatuses).optional(),
  trigger: z.enum(triggers).optional(),
  version: z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .optional(),
  /** Created at this time or later. */
  from: moment.optional(),
  /** Created before this time. */
  to: moment.optional(),
  /** Text in input, output or error, letter case aside. */
  q: z
    .string()
    .default('')
    .transform((q) => [...q.trim()].slice(0, maxSearchChars).join('')),
  /** Goes on where a page ended; `offset` counts for nothing then. */
  cursor: cursor.optional(),
}

export const listExecutionsQuery = z.object(filters)
export type ListExecutionsQuery = z.infer<typeof listExecutionsQuery>
export const listAllExecutionsQuery = z.object({ ...filters, workflow_id: uuidParam.optional() })
export type ListAllExecutionsQuery = z.infer<typeof listAllExecutionsQuery>

/** A page of a list of executions. `total` counts the whole list when `total_is_exact`, else the newest part that was
 *  looked through. `next_cursor` is null on the last page; a page may be short and have one all the same. */
export interface ExecutionPage<Item = ExecutionItem> {
  executions: Item[]
  total: number
  total_is_exact: boolean
  limit: number
  offset: number
  next_cursor: string | null
}

/** An execution among those of all workflows. */
export interface InstalledExecutionItem extends ExecutionItem {
  workflow_name: string
}

export const compareQuery = z.object({ with: uuidParam })
export type CompareQuery = z.infer<typeof compareQuery>

/** A block in two executions, the asked one first. A value that one of them lacks is null. */
export interface BlockComparison {
  block_id: string
  block_name: string
  block_type: string
  status: [BlockStatus, BlockStatus]
  input_differs: boolean
  output_differs: boolean
  error: [string | null, string | null]
  skip_reason: [string | null, string | null]
  duration_ms: [number | null, number | null]
  attempts: [number | null, number | null]
}
/** `absent`: the execution's graph has no such block, or it has not settled. */
export type BlockStatus = 'success' | 'error' | 'skipped' | 'absent'

export interface ExecutionComparison {
  executions: [ComparedExecution, ComparedExecution]
  /** In the order the blocks started; null when no block's status or data differs. */
  first_diverging_block: string | null
  blocks: BlockComparison[]
}
export interface ComparedExecution {
  id: string
  status: ExecutionStatus
  version: number
  duration_ms: number | null
}

const reading = { scope: 'read', query: z.object({}), body: null, maxBodyBytes: 0, status: 200 } as const

/** `GET /api/workflows/{id}/executions`. */
export const listExecutionsEndpoint: Endpoint<WorkflowParams, ListExecutionsQuery, unknown> = {
  ...reading,
  params: workflowParams,
  query: listExecutionsQuery,
}
/** `GET /api/executions`. */
export const listAllExecutionsEndpoint: Endpoint<object, ListAllExecutionsQuery, unknown> = {
  ...reading,
  params: z.object({}),
  query: listAllExecutionsQuery,
}
/** `GET /api/workflows/{id}/executions/{eid}/compare?with={eid}`. */
export const compareEndpoint: Endpoint<ExecutionParams, CompareQuery, unknown> = {
  ...reading,
  params: executionParams,
  query: compareQuery,
}
