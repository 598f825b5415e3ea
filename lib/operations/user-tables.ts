import 'server-only'
import { Answer, type Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { AddColumnBody, CreateTableBody, DropColumnBody, TableParams, UserTable } from '../contract/user-tables'
import {
  addUserColumn,
  createUserTable,
  dropUserColumn,
  dropUserTable,
  readUserTable,
  readUserTables,
} from '../data/user-tables'

/** Lists the users' tables with their columns, by name. */
export async function listUserTables(): Promise<{ tables: UserTable[]; total: number }> {
  const tables = await readUserTables()
  return { tables, total: tables.length }
}

/** Describes a table. @throws NOT_FOUND. */
export async function getUserTable({ params }: Call<TableParams, object, null>): Promise<UserTable> {
  return requireUserTable(params.table)
}

/** Makes a table; with `if_not_exists` one that is there is the answer. @throws VALIDATION_ERROR when the name is taken. */
export async function makeUserTable({
  params,
  body,
}: Call<TableParams, object, CreateTableBody>): Promise<UserTable | Answer> {
  const table = { name: params.table, columns: body.columns }
  if (await createUserTable(table)) return table
  if (body.if_not_exists) return new Answer(200, { json: await requireUserTable(params.table) })
  throw new AppError('VALIDATION_ERROR', `There is a table ${params.table} already`)
}

/** Removes a table with its rows. @throws NOT_FOUND. */
export async function removeUserTable({ params }: Call<TableParams, object, null>): Promise<void> {
  if (!(await dropUserTable(params.table))) throw tableNotFound(params.table)
}

/** Adds a column; rows that are there have null in it. @throws NOT_FOUND, VALIDATION_ERROR. */
export async function makeUserColumn({ params, body }: Call<TableParams, object, AddColumnBody>): Promise<UserTable> {
  await addUserColumn(await requireUserTable(params.table), body)
  return requireUserTable(params.table)
}

/** Removes a column with what is in it. @throws NOT_FOUND; VALIDATION_ERROR when it is the last one. */
export async function removeUserColumn({
  params,
  body,
}: Call<TableParams, object, DropColumnBody>): Promise<UserTable> {
  const table = await requireUserTable(params.table)
  if (!table.columns.some(({ name }) => name === body.column))
    throw new AppError('NOT_FOUND', `Table ${table.name} has no column ${body.column}`)
  if (table.columns.length === 1)
    throw new AppError(
      'VALIDATION_ERROR',
      `Column ${body.column} is the last one of table ${table.name}: drop the table`,
    )
  await dropUserColumn(table.name, body.column)
  return requireUserTable(params.table)
}

/** A table that has to be there. @throws NOT_FOUND. */
export async function requireUserTable(name: string): Promise<UserTable> {
  const table = await readUserTable(name)
  if (!table) throw tableNotFound(name)
  return table
}

function tableNotFound(name: string): AppError {
  return new AppError('NOT_FOUND', `There is no table ${name}`)
}
