import 'server-only'
import type pg from 'pg'

/** What can carry a query: the pool, or one connection inside a transaction. */
export type Queryable = pg.Pool | pg.PoolClient

/** Turns rows into one array for each column, as `unnest` takes them. */
export function columns<Row>(rows: readonly Row[], pick: readonly ((row: Row) => unknown)[]): unknown[][] {
  return pick.map((column) => rows.map(column))
}

/** Postgres text cannot hold NUL or half a surrogate pair; both become the replacement character. */
export function cleanText(text: string | null): string | null {
  return text === null ? null : text.toWellFormed().replaceAll('\0', '\ufffd')
}
