import 'server-only'
import type pg from 'pg'
import type { Json } from '../contract/json'
import type { Comparison, UserColumnType, UserRow } from '../contract/user-tables'
import { onUserTable, quoted, sqlTypes, tableSql } from './user-tables'

/** A column that is there, `id` and `created_at` included. */
export interface NamedColumn {
  name: string
  type: UserColumnType
}

/** A condition on a column; `value` is text as Postgres reads it for the column's type, a list of them for `in`. */
export interface RowCondition {
  column: NamedColumn
  comparison: Comparison
  value: string | null | (string | null)[]
}

/** Which rows are meant: those that all conditions hold for, or any. Without conditions it is every row. */
export interface RowConditions {
  match: 'all' | 'any'
  conditions: readonly RowCondition[]
}

/** Adds rows and answers with their ids, in order. `cells` holds a list of values for each column. */
export async function insertUserRows(
  table: string,
  columns: readonly NamedColumn[],
  cells: readonly (string | null)[][],
): Promise<number[]> {
  return onUserTable(table, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO ${tableSql(table)} (${columns.map(({ name }) => quoted(name)).join(', ')})
       SELECT ${columns.map(({ type }, index) => `u.c${index}::${sqlTypes[type]}`).join(', ')}
       FROM unnest(${columns.map((_, index) => `$${index + 1}::text[]`).join(', ')}) WITH ORDINALITY
         AS u(${columns.map((_, index) => `c${index}`).join(', ')}, place) ORDER BY u.place RETURNING "id"`,
      [...cells],
    )
    return rows.map(({ id }) => Number(id))
  })
}

/** A page of rows, and how many there are in all. */
export async function selectUserRows(
  table: string,
  which: RowConditions,
  page: {
    columns: readonly NamedColumn[]
    order: readonly { column: NamedColumn; direction: 'asc' | 'desc' }[]
    limit: number
    offset: number
  },
): Promise<{ rows: UserRow[]; total: number }> {
  const values: unknown[] = []
  const where = whereSql(which, values)
  const order = page.order.map(
    ({ column, direction }) => `${quoted(column.name)} ${direction === 'desc' ? 'DESC' : 'ASC'}`,
  )
  return onUserTable(table, async (client) => {
    const total = await count(client, table, where, values)
    const { rows } = await client.query<Record<string, unknown>>(
      `SELECT ${page.columns.map(shownSql).join(', ')} FROM ${tableSql(table)} ${where}
       ORDER BY ${[...order, '"id" ASC'].join(', ')} LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
      [...values, page.limit, page.offset],
    )
    return { rows: rows.map((row) => shown(row, page.columns)), total }
  })
}

/** Counts rows. */
export async function countUserRows(table: string, which: RowConditions): Promise<number> {
  const values: unknown[] = []
  const where = whereSql(which, values)
  return onUserTable(table, (client) => count(client, table, where, values))
}

/** Changes rows and answers with how many. */
export async function updateUserRows(
  table: string,
  which: RowConditions,
  changes: readonly { column: NamedColumn; value: string | null }[],
): Promise<number> {
  const values: unknown[] = []
  const set = changes.map(({ column, value }) => `${quoted(column.name)} = ${parameter(values, value, column.type)}`)
  const where = whereSql(which, values)
  return onUserTable(table, async (client) => {
    const { rowCount } = await client.query(`UPDATE ${tableSql(table)} SET ${set.join(', ')} ${where}`, values)
    return rowCount ?? 0
  })
}

/** Removes rows and answers with how many. */
export async function deleteUserRows(table: string, which: RowConditions): Promise<number> {
  const values: unknown[] = []
  const where = whereSql(which, values)
  return onUserTable(table, async (client) => {
    const { rowCount } = await client.query(`DELETE FROM ${tableSql(table)} ${where}`, values)
    return rowCount ?? 0
  })
}

async function count(client: pg.PoolClient, table: string, where: string, values: unknown[]): Promise<number> {
  const { rows } = await client.query<{ total: string }>(
    `SELECT count(*) AS total FROM ${tableSql(table)} ${where}`,
    values,
  )
  return Number(rows[0]?.total ?? 0)
}

/** Adds the value to the parameters and gives its place, read as the column's type. */
function parameter(values: unknown[], value: unknown, type: UserColumnType, suffix: '' | '[]' = ''): string {
  values.push(value)
  return `$${values.length}::text${suffix}::${sqlTypes[type]}${suffix}`
}

function whereSql({ match, conditions }: RowConditions, values: unknown[]): string {
  if (conditions.length === 0) return ''
  return `WHERE ${conditions.map((one) => conditionSql(one, values)).join(match === 'any' ? ' OR ' : ' AND ')}`
}

function conditionSql({ column, comparison, value }: RowCondition, values: unknown[]): string {
  const name = quoted(column.name)
  const sql = () => parameter(values, value, column.type)
  switch (comparison) {
    case 'eq':
      return value === null ? `${name} IS NULL` : `${name} = ${sql()}`
    case 'ne':
      return value === null ? `${name} IS NOT NULL` : `${name} IS DISTINCT FROM ${sql()}`
    case 'gt':
      return `${name} > ${sql()}`
    case 'gte':
      return `${name} >= ${sql()}`
    case 'lt':
      return `${name} < ${sql()}`
    case 'lte':
      return `${name} <= ${sql()}`
    case 'in':
      return `${name} = ANY(${parameter(values, value, column.type, '[]')})`
    case 'contains':
      return `strpos(lower(${name}), lower(${sql()})) > 0`
    case 'starts_with':
      return `starts_with(lower(${name}), lower(${sql()}))`
    case 'is_null':
      return value === 'false' ? `${name} IS NOT NULL` : `${name} IS NULL`
    default:
      throw new Error(`unknown comparison: ${String(comparison satisfies never)}`)
  }
}

// As text where the driver would make a Date of the day in this machine's time zone.
function shownSql({ name, type }: NamedColumn): string {
  return type === 'date' ? `${quoted(name)}::text AS ${quoted(name)}` : quoted(name)
}

function shown(row: Record<string, unknown>, columns: readonly NamedColumn[]): UserRow {
  return Object.fromEntries(columns.map(({ name, type }) => [name, shownValue(row[name], type)]))
}

function shownValue(value: unknown, type: UserColumnType): Json {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (type === 'integer') return Number(value)
  // What is left is text, a number, true, false or what stood in JSON.
  return value as Json
}
