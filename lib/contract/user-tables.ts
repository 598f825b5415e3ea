import { z } from 'zod'
import {
  defaultPageSize,
  maxApiBodyBytes,
  maxUserFilters,
  maxUserRowsPerCall,
  maxUserTableColumns,
  maxUserTableNameChars,
} from '../limits'
import type { Endpoint } from './endpoint'
import { isJsonObject, type Json, type JsonObject } from './json'

/** What a column of a user's table may hold. */
export const userColumnTypes = ['text', 'integer', 'number', 'boolean', 'timestamp', 'date', 'json', 'uuid'] as const
export type UserColumnType = (typeof userColumnTypes)[number]

/** A column of a user's table. */
export interface UserColumn {
  name: string
  type: UserColumnType
  /** Refuses null. */
  required: boolean
  /** Refuses a value that another row has. */
  unique: boolean
}

/** A user's table; its own columns in the order they were made. `id` and `created_at` stand beside them. */
export interface UserTable {
  name: string
  columns: UserColumn[]
}

/** A row as it is shown: `id`, `created_at` and the table's own columns. */
export type UserRow = JsonObject

/** Names of user tables and columns: nothing in them needs quoting, and they are quoted all the same. */
const namePattern = new RegExp(`^[a-z][a-z0-9_]{0,${maxUserTableNameChars - 1}}$`)
const name = z
  .string()
  .trim()
  .regex(
    namePattern,
    `must begin with a lower-case letter and have up to ${maxUserTableNameChars} lower-case letters, digits and _`,
  )

/** Columns that every table has, and names Postgres keeps for itself. */
const takenNames = ['id', 'created_at', 'tableoid', 'ctid', 'xmin', 'xmax', 'cmin', 'cmax']
const ownName = name.refine((text) => !takenNames.includes(text), 'is a name that every table has already')

const typeAliases: Readonly<Record<string, UserColumnType>> = {
  string: 'text',
  varchar: 'text',
  int: 'integer',
  bigint: 'integer',
  float: 'number',
  double: 'number',
  numeric: 'number',
  decimal: 'number',
  bool: 'boolean',
  datetime: 'timestamp',
  timestamptz: 'timestamp',
  jsonb: 'json',
  object: 'json',
}
const columnType = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .transform((text) => (Object.hasOwn(typeAliases, text) ? (typeAliases[text] ?? text) : text))
  .pipe(z.enum(userColumnTypes))

const column = z.object({
  name: ownName,
  type: columnType.default('text'),
  required: z.boolean().default(false),
  unique: z.boolean().default(false),
})

/** Columns as a list, or as an object of name and type. */
const columns = z.preprocess(
  (value) =>
    isJsonObject(value)
      ? Object.entries(value).map(([key, type]) => (isJsonObject(type) ? { ...type, name: key } : { name: key, type }))
      : value,
  z
    .array(column)
    .min(1)
    .max(maxUserTableColumns)
    .refine((list) => new Set(list.map((one) => one.name)).size === list.length, 'name a column twice'),
)

const comparisons = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'contains', 'starts_with', 'is_null'] as const
export type Comparison = (typeof comparisons)[number]
const comparisonSigns: Readonly<Record<string, Comparison>> = {
  '=': 'eq',
  '==': 'eq',
  '!=': 'ne',
  '<>': 'ne',
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
}
const comparison = z
  .string()
  .transform((text) => (Object.hasOwn(comparisonSigns, text) ? (comparisonSigns[text] ?? text) : text))
  .pipe(z.enum(comparisons))

const json = z.custom<Json>((value) => value !== undefined, 'is missing')
const row = z.custom<JsonObject>(isJsonObject, 'must be an object')

const filter = z.object({ column: name, op: comparison.default('eq'), value: json.optional() })
export type UserFilter = z.infer<typeof filter>

/** Which rows: `where` by equality, `filters` by comparison, together by `match`. */
const selection = {
  filters: z.array(filter).max(maxUserFilters).default([]),
  where: row.default({}),
  match: z.enum(['all', 'any']).default('all'),
}
const wholeNumber = z.preprocess(
  (value) => (typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value),
  z.int().min(0),
)
/** `{column, direction}`, or the text `column` or `column desc`. */
const order = z.preprocess(
  (value) => {
    if (typeof value !== 'string') return value
    const [key, direction = 'asc'] = value.trim().split(/\s+/)
    return { column: key, direction: direction.toLowerCase() }
  },
  z.object({ column: name, direction: z.enum(['asc', 'desc']).default('asc') }),
)
const orders = z.preprocess(
  (value): unknown => (Array.isArray(value) ? value : [value].filter((one) => one !== undefined && one !== null)),
  z.array(order).max(maxUserTableColumns),
)

/** Rows as `rows` or one as `row`. */
const insertBody = z
  .object({ rows: z.array(row).min(1).max(maxUserRowsPerCall).optional(), row: row.optional() })
  .transform((body, context) => {
    const rows = body.rows ?? (body.row ? [body.row] : null)
    if (rows) return { rows }
    context.addIssue({ code: 'custom', path: ['rows'], message: 'is missing' })
    return z.NEVER
  })
const everyRow = z.boolean().default(false)

export type SelectRowsBody = z.infer<typeof selectBody>
export type RowSelection = Pick<SelectRowsBody, 'filters' | 'where' | 'match'>

const selectBody = z.object({
  ...selection,
  columns: z.array(name).max(maxUserTableColumns).optional(),
  order: orders,
  limit: wholeNumber.pipe(z.int().min(1).max(maxUserRowsPerCall)).default(defaultPageSize),
  offset: wholeNumber.default(0),
})

const nothing = z.object({})
const tableParams = z.object({ table: name })
export type TableParams = z.infer<typeof tableParams>

const reading = { scope: 'read', query: nothing, maxBodyBytes: maxApiBodyBytes, status: 200 } as const
const writing = { ...reading, scope: 'write' } as const
// Rows are what runs work with: who may run may change them, as a run may.
const working = { ...reading, scope: 'run' } as const

const createTableBody = z.object({ columns, if_not_exists: z.boolean().default(false) })
const updateRowsBody = z.object({ ...selection, set: row, all: everyRow })
const deleteRowsBody = z.object({ ...selection, all: everyRow })
const countRowsBody = z.object(selection)
const dropColumnBody = z.object({ column: ownName })

export type CreateTableBody = z.infer<typeof createTableBody>
export type AddColumnBody = z.infer<typeof column>
export type DropColumnBody = z.infer<typeof dropColumnBody>
export type InsertRowsBody = z.infer<typeof insertBody>
export type UpdateRowsBody = z.infer<typeof updateRowsBody>
export type DeleteRowsBody = z.infer<typeof deleteRowsBody>

export const listTablesEndpoint: Endpoint<object, object, null> = { ...reading, params: nothing, body: null }
export const getTableEndpoint: Endpoint<TableParams, object, null> = { ...reading, params: tableParams, body: null }
export const createTableEndpoint: Endpoint<TableParams, object, CreateTableBody> = {
  ...writing,
  params: tableParams,
  body: createTableBody,
  status: 201,
}
export const dropTableEndpoint: Endpoint<TableParams, object, null> = {
  ...writing,
  params: tableParams,
  body: null,
  status: 204,
}
export const addColumnEndpoint: Endpoint<TableParams, object, AddColumnBody> = {
  ...writing,
  params: tableParams,
  body: column,
}
export const dropColumnEndpoint: Endpoint<TableParams, object, DropColumnBody> = {
  ...writing,
  params: tableParams,
  body: dropColumnBody,
}
export const selectRowsEndpoint: Endpoint<TableParams, object, SelectRowsBody> = {
  ...reading,
  params: tableParams,
  body: selectBody,
}
export const countRowsEndpoint: Endpoint<TableParams, object, RowSelection> = {
  ...reading,
  params: tableParams,
  body: countRowsBody,
}
export const insertRowsEndpoint: Endpoint<TableParams, object, InsertRowsBody> = {
  ...working,
  params: tableParams,
  body: insertBody,
  status: 201,
}
export const updateRowsEndpoint: Endpoint<TableParams, object, UpdateRowsBody> = {
  ...working,
  params: tableParams,
  body: updateRowsBody,
}
export const deleteRowsEndpoint: Endpoint<TableParams, object, DeleteRowsBody> = {
  ...working,
  params: tableParams,
  body: deleteRowsBody,
}
