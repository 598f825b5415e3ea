import 'server-only'
import type pg from 'pg'

/** What can carry a query: the pool, or one connection inside a transaction. */
export type Queryable = pg.Pool | pg.PoolClient

/** A column that is written for many rows at a time, from one array parameter. */
interface ArrayColumn {
  name: string
  /** The Postgres type its values travel as. */
  type: 'uuid' | 'int' | 'text' | 'boolean' | 'timestamptz'
  /** The Postgres enum its texts become. */
  enum?: string
}

/** Such a column, with what it holds of a row. */
export interface Column<Row> extends ArrayColumn {
  of: (row: Row) => unknown
}

/** The names of columns, for an `INSERT INTO`. */
export function namesOf(columns: readonly ArrayColumn[]): string {
  return columns.map(({ name }) => name).join(', ')
}

/** The columns of `unnestOf`, for the `SELECT` of an insert. */
export function picksOf(columns: readonly ArrayColumn[]): string {
  return columns.map((column) => `u.${column.name}${column.enum ? `::"${column.enum}"` : ''}`).join(', ')
}

/** The rows, for a `FROM`: a relation `u` made of the array parameters `$first`, `$first + 1` and so on. */
export function unnestOf(columns: readonly ArrayColumn[], first = 1): string {
  const parameters = columns.map(({ type }, index) => `$${first + index}::${type}[]`)
  return `unnest(${parameters.join(', ')}) AS u(${namesOf(columns)})`
}

/** The array parameters that `unnestOf` reads. */
export function arraysOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): unknown[][] {
  return columns.map((column) => rows.map(column.of))
}

/** Ends an insert that may have been made before: what is there stays as it is. */
export const repeatable = 'ON CONFLICT DO NOTHING'

/** Postgres text cannot hold NUL or half a surrogate pair; both become the replacement character. */
export function cleanText(text: string | null): string | null {
  return text === null ? null : text.toWellFormed().replaceAll('\0', '\ufffd')
}
