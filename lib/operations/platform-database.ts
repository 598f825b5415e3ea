import 'server-only'
import { named, noId, offer, type PlatformResource } from './platform-offers'
import { countRows, deleteRows, insertRows, selectRows, updateRows } from './user-rows'
import {
  getUserTable,
  listUserTables,
  makeUserColumn,
  makeUserTable,
  removeUserColumn,
  removeUserTable,
} from './user-tables'
import type { PlatformCall } from '../blocks/contract'
import type { JsonObject } from '../contract/json'
import {
  addColumnEndpoint,
  countRowsEndpoint,
  createTableEndpoint,
  deleteRowsEndpoint,
  dropColumnEndpoint,
  dropTableEndpoint,
  getTableEndpoint,
  insertRowsEndpoint,
  listTablesEndpoint,
  selectRowsEndpoint,
  updateRowsEndpoint,
} from '../contract/user-tables'

/** What a block can do with the users' own tables. */
export const databaseOperations: PlatformResource = {
  list_tables: offer(listTablesEndpoint, listUserTables, noId),
  get_table: offer(getTableEndpoint, getUserTable, tableName),
  create_table: offer(createTableEndpoint, makeUserTable, newTableName),
  drop_table: offer(dropTableEndpoint, removeUserTable, tableName),
  add_column: offer(addColumnEndpoint, makeUserColumn, tableName, columnBody),
  drop_column: offer(dropColumnEndpoint, removeUserColumn, tableName),
  insert_rows: offer(insertRowsEndpoint, insertRows, tableName),
  select_rows: offer(selectRowsEndpoint, selectRows, tableName),
  count_rows: offer(countRowsEndpoint, countRows, tableName),
  update_rows: offer(updateRowsEndpoint, updateRows, tableName),
  delete_rows: offer(deleteRowsEndpoint, deleteRows, tableName),
}

/** The table stands where other resources have their id, or is named beside it. */
function tableName(call: PlatformCall): Record<string, unknown> {
  return { table: call.resourceId ?? named(call, 'table') }
}

function newTableName(call: PlatformCall): Record<string, unknown> {
  return { table: call.resourceId ?? named(call, 'table', 'name') }
}

/** A column's name may also stand under `column`, as where it is dropped. */
function columnBody({ body }: PlatformCall): JsonObject {
  return { ...body, name: body['name'] ?? body['column'] ?? null }
}
