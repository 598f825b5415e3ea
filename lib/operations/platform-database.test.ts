import { describe, expect, it } from 'vitest'
import { pool } from '@/lib/data/database'
import { maxUserRowsPerCall } from '@/lib/limits'
import { useTestApp, type Loose } from '@/test/app'
import { scopesOfRole, type Scope } from '../contract/principal'
import type { JsonObject } from '../contract/json'
import { callPlatform } from './platform'

useTestApp()

async function call(
  operation: string,
  table: string | null,
  body: JsonObject = {},
  scopes: readonly Scope[] = scopesOfRole.owner,
) {
  const answer = await callPlatform(
    { resource: 'database', operation, resourceId: table, body, params: {} },
    {
      principal: { kind: 'api_key', userId: null, keyId: null, scopes },
      depth: 1,
      signal: new AbortController().signal,
    },
  )
  // Tests look into whatever came.
  return { status: answer.statusCode, output: answer.output as unknown as Loose }
}

const orders = {
  columns: [
    { name: 'customer', type: 'text', required: true },
    { name: 'number', type: 'integer', unique: true },
    { name: 'total', type: 'float' },
    { name: 'paid', type: 'boolean' },
    { name: 'due', type: 'date' },
    { name: 'seen_at', type: 'timestamp' },
    { name: 'items', type: 'json' },
    { name: 'ref', type: 'uuid' },
  ],
}

async function makeOrders(table: string, rows: JsonObject[] = []): Promise<void> {
  expect((await call('create_table', table, orders)).status).toBe(201)
  if (rows.length > 0) expect((await call('insert_rows', table, { rows })).status).toBe(201)
}

describe('tables', () => {
  it('are made, described, changed and dropped', async () => {
    expect(await call('create_table', 'people', { columns: { name: 'text', age: 'int' } })).toMatchObject({
      status: 201,
      output: {
        name: 'people',
        columns: [
          { name: 'name', type: 'text' },
          { name: 'age', type: 'integer' },
        ],
      },
    })
    expect((await call('create_table', 'people', { columns: { x: 'text' } })).output['error']).toBe(
      'There is a table people already',
    )
    const again = await call('create_table', 'people', { columns: { x: 'text' }, if_not_exists: true })
    expect(again).toMatchObject({ status: 200, output: { columns: [{ name: 'name' }, { name: 'age' }] } })
    await call('add_column', 'people', { column: 'email', type: 'text', unique: true })
    const described = (await call('get_table', 'people')).output
    expect(described['columns']?.[2]).toEqual({ name: 'email', type: 'text', required: false, unique: true })
    expect((await call('add_column', 'people', { name: 'email' })).output['error']).toContain('of that name already')
    await call('drop_column', 'people', { column: 'age' })
    const list = await call('list_tables', null)
    expect(list.output['tables']).toContainEqual(expect.objectContaining({ name: 'people' }))
    expect((await call('drop_table', 'people')).status).toBe(204)
    for (const operation of ['get_table', 'drop_table', 'select_rows', 'count_rows'])
      expect(await call(operation, 'people')).toMatchObject({ status: 404, output: { error_code: 'NOT_FOUND' } })
  })

  it('with the name of one of Sluice’s own leave that one alone', async () => {
    await pool()
      .query(`INSERT INTO workflows (id, name) VALUES (gen_random_uuid(), 'Mine')`)
      .catch(() => undefined)
    const before = await pool().query('SELECT count(*) FROM workflows')
    for (const table of ['workflows', 'users', 'api_keys']) {
      expect((await call('select_rows', table)).status).toBe(404)
      await call('create_table', table, { columns: { name: 'text' } })
      await call('insert_rows', table, { row: { name: 'not yours' } })
      await call('delete_rows', table, { all: true })
      expect((await call('count_rows', table)).output).toEqual({ count: 0 })
      expect((await call('drop_table', table)).status).toBe(204)
    }
    expect((await pool().query('SELECT count(*) FROM workflows')).rows).toEqual(before.rows)
    expect((await pool().query('SELECT count(*) FROM users')).rows).toHaveLength(1)
  })

  it.each([
    'orders"; DROP TABLE users; --',
    '"users"',
    'public.users',
    'user_data.orders',
    'Users',
    '1st',
    'a b',
    'a-b',
    'naïve',
    '__proto__',
    'a'.repeat(49),
    '',
  ])('attack 31: the name %j is refused before the database hears of it', async (table) => {
    for (const [operation, body] of [
      ['create_table', { columns: { a: 'text' } }],
      ['select_rows', {}],
      ['drop_table', {}],
    ] as const)
      await expect(call(operation, table, body)).rejects.toThrow('config.resource_id: must begin with')
    await expect(call('create_table', 'fine', { columns: [{ name: table, type: 'text' }] })).rejects.toThrow(
      'config.body.columns.0.name',
    )
    await expect(call('select_rows', 'fine', { order: [{ column: table }] })).rejects.toThrow('config.body.order')
    await expect(call('select_rows', 'fine', { columns: [table] })).rejects.toThrow('config.body.columns')
    await expect(call('count_rows', 'fine', { filters: [{ column: table, value: 1 }] })).rejects.toThrow('config.body')
  })

  it('take no type of Postgres’s own, and no name that every table has', async () => {
    for (const type of ['text; DROP TABLE users', 'regclass', 'text[]', 'serial', 'constructor'])
      await expect(call('create_table', 'odd', { columns: { a: type } })).rejects.toThrow('columns.0.type')
    for (const name of ['id', 'created_at', 'ctid', 'xmin'])
      await expect(call('create_table', 'odd', { columns: { [name]: 'text' } })).rejects.toThrow('every table has')
  })
})

describe('rows', () => {
  it('come back with the types they went in with', async () => {
    const row = {
      customer: "Robert'); DROP TABLE users;--",
      number: 7,
      total: 12.5,
      paid: true,
      due: '2030-02-28',
      seen_at: '2030-01-31T10:00:00+01:00',
      items: [{ sku: 'a', qty: 2 }, null, 'x'],
      ref: '0190A1B2-0000-7000-8000-000000000000',
    }
    await makeOrders('typed', [row, { customer: 'none' }])
    const { output } = await call('select_rows', 'typed')
    expect(output).toMatchObject({ total: 2, limit: 50, offset: 0 })
    expect(output['rows']?.[0]).toEqual({
      ...row,
      id: 1,
      seen_at: '2030-01-31T09:00:00.000Z',
      ref: row.ref.toLowerCase(),
      created_at: expect.stringMatching(/Z$/),
    })
    expect(output['rows']?.[1]).toMatchObject({ id: 2, customer: 'none', number: null, items: null })
  })

  it('are found by structured filters, ordered and paged', async () => {
    const rows = ['Ann', 'Bob', 'cat', '100%', 'a_b'].map((customer, index) => ({
      customer,
      number: index,
      total: index / 2,
    }))
    await makeOrders('filtered', rows)
    const found = async (body: JsonObject) => {
      const { output } = await call('select_rows', 'filtered', { columns: ['customer'], ...body })
      return (output['rows'] as unknown as { customer: string }[]).map((row) => row.customer)
    }
    expect(await found({ where: { customer: 'Bob' } })).toEqual(['Bob'])
    expect(await found({ filters: [{ column: 'number', op: '>=', value: 3 }] })).toEqual(['100%', 'a_b'])
    expect(await found({ filters: [{ column: 'number', op: 'in', value: [0, 2] }] })).toEqual(['Ann', 'cat'])
    expect(await found({ filters: [{ column: 'customer', op: 'contains', value: '%' }] })).toEqual(['100%'])
    expect(await found({ filters: [{ column: 'customer', op: 'starts_with', value: 'A_' }] })).toEqual(['a_b'])
    expect(
      await found({
        filters: [
          { column: 'paid', op: 'is_null' },
          { column: 'number', value: 1 },
        ],
      }),
    ).toEqual(['Bob'])
    expect(await found({ match: 'any', where: { customer: 'Ann', number: 1 } })).toEqual(['Ann', 'Bob'])
    expect(await found({ order: 'number desc', limit: '2', offset: 1 })).toEqual(['100%', 'cat'])
    expect(await call('count_rows', 'filtered', { where: { paid: null } })).toMatchObject({ output: { count: 5 } })
  })

  it('change and go by filter, all of them only when that is said', async () => {
    await makeOrders('changed', [
      { customer: 'a', number: 1 },
      { customer: 'b', number: 2 },
    ])
    expect((await call('update_rows', 'changed', { set: { paid: true }, where: { number: 2 } })).output).toEqual({
      updated: 1,
    })
    expect((await call('count_rows', 'changed', { where: { paid: true } })).output).toEqual({ count: 1 })
    for (const [operation, body] of [
      ['update_rows', { set: { paid: false } }],
      ['delete_rows', {}],
    ] as const)
      expect((await call(operation, 'changed', body)).output['error']).toContain('no filter is given')
    expect((await call('delete_rows', 'changed', { where: { id: 1 } })).output).toEqual({ deleted: 1 })
    expect((await call('delete_rows', 'changed', { all: true })).output).toEqual({ deleted: 1 })
  })

  it.each([
    [{ customer: 5 }, 'Table strict, column customer: holds text, not 5'],
    [{ customer: null }, 'Table strict, column customer: is required and would be null'],
    [{ number: 1 }, 'Table strict, column customer: is required and would be null'],
    [{ customer: 'x', number: 1.5 }, 'column number: holds a whole number, not 1.5'],
    [{ customer: 'x', number: 9007199254740993 }, 'column number: holds a whole number'],
    [{ customer: 'x', total: 'much' }, 'column total: holds a number, not "much"'],
    [{ customer: 'x', paid: 1 }, 'column paid: holds true or false'],
    [{ customer: 'x', due: '2030-02-31' }, 'column due: holds a date'],
    [{ customer: 'x', seen_at: 'now()' }, 'column seen_at: holds a date and time'],
    [{ customer: 'x', ref: 'me' }, 'column ref: holds a UUID'],
    [{ customer: 'a\0b' }, 'column customer: cannot hold a NUL character'],
    [{ customer: 'x'.repeat(1_000_001) }, 'column customer: holds at most 1000000 characters'],
    [{ customer: 'x', color: 'red' }, 'Table strict has no column "color"; it has: id, customer'],
    [{ customer: 'x', 'a" = 1; --': 1 }, 'Table strict has no column "a\\" = 1; --"'],
    [{ customer: 'x', id: 5 }, 'column id: is filled in by itself'],
    [{ customer: 'x', items: 'a\0' }, 'Table strict: unsupported Unicode escape sequence'],
  ])('that do not fit are refused: %j', async (row, message) => {
    await call('create_table', 'strict', { ...orders, if_not_exists: true })
    const answer = await call('insert_rows', 'strict', { rows: [{ customer: 'fine' }, row] })
    expect(answer).toMatchObject({ status: 400, output: { error_code: 'VALIDATION_ERROR' } })
    expect(answer.output['error']).toContain(message)
    expect((await call('count_rows', 'strict')).output).toEqual({ count: 0 })
  })

  it('keep a unique column unique', async () => {
    await makeOrders('unique_orders', [{ customer: 'a', number: 1 }])
    const twice = await call('insert_rows', 'unique_orders', { row: { customer: 'b', number: 1 } })
    expect(twice.status).toBe(400)
    expect(twice.output['error']).toContain('a unique column would hold a value twice')
  })

  it('are bounded in each call', async () => {
    const rows = Array.from({ length: maxUserRowsPerCall + 1 }, () => ({ customer: 'x' }))
    await expect(call('insert_rows', 'strict', { rows })).rejects.toThrow('config.body.rows')
    await expect(call('select_rows', 'strict', { limit: maxUserRowsPerCall + 1 })).rejects.toThrow('config.body.limit')
  })
})

it('attack 31: rights are the caller’s: a reader reads, who may run changes rows, who may write makes tables', async () => {
  await makeOrders('rights')
  const [reader, runner]: Scope[][] = [['read'], ['run']]
  expect((await call('select_rows', 'rights', {}, reader)).status).toBe(200)
  await expect(call('insert_rows', 'rights', { row: { customer: 'x' } }, reader)).rejects.toThrow('the scope "run"')
  expect((await call('insert_rows', 'rights', { row: { customer: 'x' } }, runner)).status).toBe(201)
  for (const operation of ['create_table', 'drop_table', 'add_column', 'drop_column'])
    await expect(call(operation, 'rights', {}, runner)).rejects.toThrow('the scope "write"')
})
