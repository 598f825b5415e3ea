import 'server-only'
import type { ExecutionStatus, Trigger } from '../contract/execution'
import type { HistoryCursor } from '../contract/execution-history'
import { pool } from './database'
import { executionColumns, type ExecutionRow } from './execution-lists'
import { historyWindowExecutions, searchWindowExecutions } from '../limits'

/** Which executions are asked for. `workflowId` null asks for those of all workflows. */
export interface HistoryQuery {
  workflowId: string | null
  status?: ExecutionStatus | undefined
  trigger?: Trigger | undefined
  version?: number | undefined
  from?: Date | undefined
  to?: Date | undefined
  q: string
  limit: number
  offset: number
  cursor?: HistoryCursor | undefined
}

export interface HistoryPage {
  rows: ExecutionRow[]
  total: number
  totalIsExact: boolean
  next: HistoryCursor | null
}

/** A page of executions, newest first, ties by id.
 *
 *  What an index orders (workflow, status of a workflow, time) is read straight from it: a page costs the same wherever
 *  it lies. The other filters look through a window of the newest `historyWindowExecutions` (a text search:
 *  `searchWindowExecutions`) from the cursor on, and the next cursor goes on where the window ended: a page costs the
 *  same however rare its matches are. */
export async function readHistory(query: HistoryQuery): Promise<HistoryPage> {
  // No stored text holds a NUL, and Postgres would refuse to look for one.
  if (query.q.includes('\0')) return { rows: [], total: 0, totalIsExact: true, next: null }
  return isIndexed(query) ? readIndexed(query) : readWindow(query)
}

/** The statement behind a page: what an index orders, or a window. For plans, too. */
export function historySql(query: HistoryQuery): { text: string; values: unknown[] } {
  const parameters = new Parameters()
  const where = indexedConditions(query, parameters)
  const page = `LIMIT ${query.limit + 1} OFFSET ${query.cursor ? 0 : query.offset}`
  const newestFirst = 'ORDER BY created_at DESC, id DESC'
  if (isIndexed(query))
    return {
      text: `SELECT ${executionColumns} FROM executions ${where} ${newestFirst} ${page}`,
      values: parameters.values,
    }
  const isHit = hitConditions(query, parameters)
  return {
    text: `WITH seen AS MATERIALIZED (
             SELECT id, created_at, ${isHit} AS is_hit FROM executions ${where} ${newestFirst} LIMIT ${windowOf(query)}
           ), page AS (
             SELECT id FROM seen WHERE is_hit ${newestFirst} ${page}
           ), ending AS (
             SELECT id, created_at FROM seen ORDER BY created_at, id LIMIT 1
           )
           SELECT (SELECT count(*)::int FROM seen) AS seen, (SELECT count(*)::int FROM seen WHERE is_hit) AS hits,
                  (SELECT created_at FROM ending) AS ending_at, (SELECT id FROM ending) AS ending_id,
                  ARRAY(SELECT id FROM page) AS ids`,
    values: parameters.values,
  }
}

async function readIndexed(query: HistoryQuery): Promise<HistoryPage> {
  const { text, values } = historySql(query)
  const [listed, total] = await Promise.all([pool().query<ExecutionRow>(text, values), countIndexed(query)])
  return { ...cut(listed.rows, query, total, null), total, totalIsExact: true }
}

async function countIndexed(query: HistoryQuery): Promise<number> {
  if (query.cursor) return query.cursor.total
  const parameters = new Parameters()
  const where = indexedConditions(query, parameters)
  const { rows } = await pool().query<{ total: number }>(
    `SELECT count(*)::int AS total FROM executions ${where}`,
    parameters.values,
  )
  return rows[0]?.total ?? 0
}

interface WindowRow {
  seen: number
  hits: number
  ending_at: Date | null
  ending_id: string | null
  ids: string[]
}

async function readWindow(query: HistoryQuery): Promise<HistoryPage> {
  const { text, values } = historySql(query)
  const found = await pool().query<WindowRow>(text, values)
  const [window] = found.rows
  const { rows } = await pool().query<ExecutionRow>(
    `SELECT ${executionColumns} FROM executions WHERE id = ANY($1::uuid[]) ORDER BY created_at DESC, id DESC`,
    [window?.ids ?? []],
  )
  const isCut = window?.seen === windowOf(query)
  const total = query.cursor?.total ?? window?.hits ?? 0
  const ending =
    isCut && window.ending_at && window.ending_id ? { createdAt: window.ending_at, id: window.ending_id, total } : null
  return { ...cut(rows, query, total, ending), total, totalIsExact: !isCut && !query.cursor }
}

/** One row more than the page was read: it tells whether another page follows. */
function cut(
  rows: ExecutionRow[],
  query: HistoryQuery,
  total: number,
  ending: HistoryCursor | null,
): { rows: ExecutionRow[]; next: HistoryCursor | null } {
  if (rows.length <= query.limit) return { rows, next: ending }
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return { rows: page, next: last ? { createdAt: last.created_at, id: last.id, total } : null }
}

function isIndexed({ workflowId, trigger, version, q }: HistoryQuery): boolean {
  return workflowId !== null && trigger === undefined && version === undefined && q === ''
}

function windowOf({ q }: HistoryQuery): number {
  return q === '' ? historyWindowExecutions : searchWindowExecutions
}

class Parameters {
  readonly values: unknown[] = []
  add(value: unknown): string {
    return `$${this.values.push(value)}`
  }
}

function indexedConditions(query: HistoryQuery, parameters: Parameters): string {
  const { workflowId, status, from, to, cursor } = query
  const conditions = [
    workflowId !== null && `workflow_id = ${parameters.add(workflowId)}`,
    workflowId !== null && status !== undefined && `status = ${parameters.add(status)}::"ExecutionStatus"`,
    from && `created_at >= ${parameters.add(from)}`,
    to && `created_at < ${parameters.add(to)}`,
    cursor && `(created_at, id) < (${parameters.add(cursor.createdAt)}, ${parameters.add(cursor.id)}::uuid)`,
  ].filter((condition) => typeof condition === 'string')
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
}

function hitConditions(query: HistoryQuery, parameters: Parameters): string {
  const { workflowId, status, trigger, version, q } = query
  const conditions = [
    workflowId === null && status !== undefined && `status = ${parameters.add(status)}::"ExecutionStatus"`,
    trigger !== undefined && `trigger = ${parameters.add(trigger)}::"Trigger"`,
    version !== undefined && `version = ${parameters.add(version)}`,
    q !== '' && textCondition(parameters.add(patternsOf(q))),
  ].filter((condition) => typeof condition === 'string')
  return conditions.length === 0 ? 'true' : `(${conditions.join(' AND ')})`
}

function textCondition(patterns: string): string {
  return ['input', 'output', 'error'].map((column) => `coalesce(${column} ILIKE ANY(${patterns}), false)`).join(' OR ')
}

/** The text as people see it, and as it stands inside JSON text. */
function patternsOf(q: string): string[] {
  const inJson = JSON.stringify(q).slice(1, -1)
  return [...new Set([q, inJson])].map((text) => `%${text.toWellFormed().replace(/[\\%_]/g, '\\$&')}%`)
}
