import 'server-only'
import type pg from 'pg'
import { z } from 'zod'
import { AppError } from '../contract/errors'
import type { UserColumn, UserColumnType, UserTable } from '../contract/user-tables'
import { maxUserTableColumns, maxUserTables, userLockTimeoutMs, userStatementTimeoutMs } from '../limits'
import { pool, transaction } from './database'
import type { Queryable } from './columns'
import { asUserTableError } from './user-table-errors'

// The users' tables stand in a schema of their own, and every statement names it: none of Sluice's own tables can be
// meant, whatever a table is called.
const schema = 'user_data'

/** How each type is kept. */
export const sqlTypes: Record<UserColumnType, string> = {
  text: 'text',
  integer: 'bigint',
  number: 'double precision',
  boolean: 'boolean',
  timestamp: 'timestamp(3) with time zone',
  date: 'date',
  json: 'jsonb',
  uuid: 'uuid',
}

/** A name as SQL takes it. The contract lets only harmless names through; they are quoted all the same. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A user's table as SQL takes it. */
export function tableSql(name: string): string {
  return `${quoted(schema)}.${quoted(name)}`
}

/** Runs `work` on user tables in one transaction that neither waits nor works without end. Postgres's refusals come out
 *  as errors that name the table. @throws VALIDATION_ERROR, NOT_FOUND, EXECUTION_TIMEOUT. */
export async function onUserTable<T>(table: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  try {
    return await transaction(async (client) => {
      // Users' tables are read as people please, so the planner is free again to read one whole.
      await client.query(
        `SET LOCAL statement_timeout = ${userStatementTimeoutMs}; SET LOCAL lock_timeout = ${userLockTimeoutMs};
         SET LOCAL enable_seqscan = on`,
      )
      return work(client)
    })
  } catch (error) {
    throw asUserTableError(error, table)
  }
}

/** Every table with its columns, by name. */
export async function readUserTables(): Promise<UserTable[]> {
  return describe(pool(), null)
}

/** A table with its columns, or null. */
export async function readUserTable(name: string, client: Queryable = pool()): Promise<UserTable | null> {
  const [table] = await describe(client, name)
  return table ?? null
}

/** Makes a table. False when there is one of that name. @throws VALIDATION_ERROR when there are too many. */
export async function createUserTable(table: UserTable): Promise<boolean> {
  return onUserTable(table.name, async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('${schema}'))`)
    if (await readUserTable(table.name, client)) return false
    const count = await client.query<{ count: string }>(
      `SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = $1 AND c.relkind = 'r'`,
      [schema],
    )
    if (Number(count.rows[0]?.count ?? 0) >= maxUserTables)
      throw new AppError('VALIDATION_ERROR', `There are ${maxUserTables} tables already: drop one first`)
    await client.query(
      `CREATE TABLE ${tableSql(table.name)} ("id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
         "created_at" timestamp(3) with time zone NOT NULL DEFAULT now(), ${table.columns.map(columnSql).join(', ')})`,
    )
    return true
  })
}

/** Removes a table with its rows. False when there was none. */
export async function dropUserTable(name: string): Promise<boolean> {
  return onUserTable(name, async (client) => {
    if (!(await readUserTable(name, client))) return false
    await client.query(`DROP TABLE ${tableSql(name)}`)
    return true
  })
}

/** Adds a column; rows that are there have null in it. @throws VALIDATION_ERROR when there are too many. */
export async function addUserColumn(table: UserTable, column: UserColumn): Promise<void> {
  if (table.columns.length >= maxUserTableColumns)
    throw new AppError('VALIDATION_ERROR', `Table ${table.name} has ${maxUserTableColumns} columns already`)
  await onUserTable(table.name, (client) =>
    client.query(`ALTER TABLE ${tableSql(table.name)} ADD COLUMN ${columnSql(column)}`),
  )
}

/** Removes a column with what is in it. */
export async function dropUserColumn(table: string, column: string): Promise<void> {
  await onUserTable(table, (client) =>
    client.query(`ALTER TABLE ${tableSql(table)} DROP COLUMN IF EXISTS ${quoted(column)}`),
  )
}

function columnSql({ name, type, required, unique }: UserColumn): string {
  return `${quoted(name)} ${sqlTypes[type]}${required ? ' NOT NULL' : ''}${unique ? ' UNIQUE' : ''}`
}

async function describe(client: Queryable, name: string | null): Promise<UserTable[]> {
  const { rows } = await client.query<{ name: string; columns: unknown }>(
    `SELECT c.relname AS name, coalesce(json_agg(json_build_object('name', a.attname,
        'type', format_type(a.atttypid, a.atttypmod), 'required', a.attnotnull,
        'unique', EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND i.indnatts = 1
                          AND i.indkey[0] = a.attnum)) ORDER BY a.attnum)
      FILTER (WHERE a.attname NOT IN ('id', 'created_at')), '[]') AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE n.nspname = $1 AND c.relkind = 'r' AND ($2::text IS NULL OR c.relname = $2)
     GROUP BY c.oid, c.relname ORDER BY c.relname COLLATE "C"`,
    [schema, name],
  )
  return rows.map((row) => ({ name: row.name, columns: storedColumns.parse(row.columns) }))
}

const typeOfSql = new Map(Object.entries(sqlTypes).map(([type, sql]) => [sql, type]))
const storedColumns = z.array(
  z.object({
    name: z.string(),
    // A table that somebody made by hand may hold more; it is shown as the text it has.
    type: z.string().transform((sql): UserColumnType => {
      // The map's keys are the contract's types.
      return (typeOfSql.get(sql) ?? 'text') as UserColumnType
    }),
    required: z.boolean(),
    unique: z.boolean(),
  }),
)
