import 'server-only'
import { requireUserTable } from './user-tables'
import { readUserValue } from './user-values'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { Json } from '../contract/json'
import type {
  DeleteRowsBody,
  InsertRowsBody,
  RowSelection,
  SelectRowsBody,
  TableParams,
  UpdateRowsBody,
  UserColumn,
  UserFilter,
  UserRow,
  UserTable,
} from '../contract/user-tables'
import {
  countUserRows,
  deleteUserRows,
  insertUserRows,
  selectUserRows,
  updateUserRows,
  type RowCondition,
  type RowConditions,
} from '../data/user-rows'

/** Adds rows; columns they leave out are null. All or none. @throws NOT_FOUND; VALIDATION_ERROR naming the column. */
export async function insertRows({
  params,
  body,
}: Call<TableParams, object, InsertRowsBody>): Promise<{ inserted: number; ids: number[] }> {
  const table = await requireUserTable(params.table)
  for (const row of body.rows) for (const name of Object.keys(row)) ownColumn(table, name)
  const cells = table.columns.map((column) =>
    body.rows.map((row) =>
      readUserValue(table.name, column, Object.hasOwn(row, column.name) ? (row[column.name] ?? null) : null),
    ),
  )
  const ids = await insertUserRows(table.name, table.columns, cells)
  return { inserted: ids.length, ids }
}

/** Reads a page of rows, in the order asked for, then in that of their making. @throws NOT_FOUND, VALIDATION_ERROR. */
export async function selectRows({ params, body }: Call<TableParams, object, SelectRowsBody>): Promise<{
  rows: UserRow[]
  total: number
  limit: number
  offset: number
}> {
  const table = await requireUserTable(params.table)
  const { limit, offset } = body
  const page = await selectUserRows(table.name, conditionsOf(table, body), {
    columns: body.columns?.map((name) => anyColumn(table, name)) ?? allColumns(table),
    order: body.order.map(({ column, direction }) => ({ column: anyColumn(table, column), direction })),
    limit,
    offset,
  })
  return { ...page, limit, offset }
}

/** Counts rows. @throws NOT_FOUND, VALIDATION_ERROR. */
export async function countRows({ params, body }: Call<TableParams, object, RowSelection>): Promise<{ count: number }> {
  const table = await requireUserTable(params.table)
  return { count: await countUserRows(table.name, conditionsOf(table, body)) }
}

/** Changes the rows that are meant; every row only where the body says `all`. @throws NOT_FOUND, VALIDATION_ERROR. */
export async function updateRows({
  params,
  body,
}: Call<TableParams, object, UpdateRowsBody>): Promise<{ updated: number }> {
  const table = await requireUserTable(params.table)
  const changes = Object.entries(body.set).map(([name, value]) => {
    const column = ownColumn(table, name)
    return { column, value: readUserValue(table.name, column, value) }
  })
  if (changes.length === 0) throw new AppError('VALIDATION_ERROR', `Table ${table.name}: set names no column`)
  return { updated: await updateUserRows(table.name, meantRows(table, body), changes) }
}

/** Removes the rows that are meant; every row only where the body says `all`. @throws NOT_FOUND, VALIDATION_ERROR. */
export async function deleteRows({
  params,
  body,
}: Call<TableParams, object, DeleteRowsBody>): Promise<{ deleted: number }> {
  const table = await requireUserTable(params.table)
  return { deleted: await deleteUserRows(table.name, meantRows(table, body)) }
}

/** A filter that came out empty must not mean every row. */
function meantRows(table: UserTable, body: RowSelection & { all: boolean }): RowConditions {
  const which = conditionsOf(table, body)
  if (which.conditions.length > 0 || body.all) return which
  throw new AppError('VALIDATION_ERROR', `Table ${table.name}: no filter is given; for every row send all: true`)
}

function conditionsOf(table: UserTable, { filters, where, match }: RowSelection): RowConditions {
  const equal = Object.entries(where).map(([column, value]): UserFilter => ({ column, op: 'eq', value }))
  return { match, conditions: [...equal, ...filters].map((filter) => conditionOf(table, filter)) }
}

const textComparisons = ['contains', 'starts_with']
const orderings = ['gt', 'gte', 'lt', 'lte']

function conditionOf(table: UserTable, { column: name, op, value = null }: UserFilter): RowCondition {
  const column = anyColumn(table, name)
  const refuse = (message: string) =>
    new AppError('VALIDATION_ERROR', `Table ${table.name}, column ${name}: ${message}`)
  const read = (item: Json) => readUserValue(table.name, { name, type: column.type }, item)
  if (op === 'is_null')
    return { column, comparison: op, value: value === false || value === 'false' ? 'false' : 'true' }
  if (textComparisons.includes(op) && column.type !== 'text') throw refuse(`${op} compares text only`)
  if (orderings.includes(op) && column.type === 'json') throw refuse(`JSON has no order for ${op}`)
  if (op === 'in') {
    if (!Array.isArray(value)) throw refuse('in takes a list')
    return { column, comparison: op, value: value.map(read) }
  }
  if (value === null && op !== 'eq' && op !== 'ne') throw refuse(`${op} takes a value, not null`)
  return { column, comparison: op, value: read(value) }
}

function allColumns(table: UserTable): UserColumn[] {
  return [made('id', 'integer'), ...table.columns, made('created_at', 'timestamp')]
}

function made(name: string, type: UserColumn['type']): UserColumn {
  return { name, type, required: true, unique: name === 'id' }
}

function anyColumn(table: UserTable, name: string): UserColumn {
  const column = allColumns(table).find((one) => one.name === name)
  if (column) return column
  throw unknownColumn(table, name)
}

function ownColumn(table: UserTable, name: string): UserColumn {
  const column = table.columns.find((one) => one.name === name)
  if (column) return column
  if (name === 'id' || name === 'created_at')
    throw new AppError('VALIDATION_ERROR', `Table ${table.name}, column ${name}: is filled in by itself`)
  throw unknownColumn(table, name)
}

function unknownColumn(table: UserTable, name: string): AppError {
  const known = allColumns(table).map((one) => one.name)
  const shown = JSON.stringify(name.slice(0, 60))
  return new AppError('VALIDATION_ERROR', `Table ${table.name} has no column ${shown}; it has: ${known.join(', ')}`)
}
