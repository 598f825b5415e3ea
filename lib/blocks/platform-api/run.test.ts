import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { fakeContext } from '../testing'
import { platformApi, platformResources } from './definition'
import { run } from './run'
import type { PlatformCall } from '../contract'
import type { JsonObject } from '../../contract/json'

async function callOf(config: object) {
  const platform = vi.fn((_call: PlatformCall) => Promise.resolve({ output: { ok: true }, statusCode: 201 }))
  const data = await run(platformApi.config.parse(config), fakeContext({ platform }))
  return { data, call: platform.mock.calls[0]?.[0] }
}

it('hands the call to the platform and its answer on', async () => {
  const { data, call } = await callOf({
    resource: 'workflows',
    operation: 'execute',
    resource_id: ' an-id ',
    body: '{"variables": {"a": 1}}',
    params: [{ cells: { Key: 'limit', Value: 5 } }],
  })
  expect(data).toEqual({ output: { ok: true }, status_code: 201 })
  expect(call).toEqual({
    resource: 'workflows',
    operation: 'run',
    resourceId: 'an-id',
    body: { variables: { a: 1 } },
    params: { limit: 5 },
  })
})

describe('its operation', () => {
  it.each([
    ['agents', 'agents_operation'],
    ['sessions', 'sessions_operation'],
    ['database', 'db_operation'],
  ])('of %s stands under %s, else under operation', async (resource, key) => {
    expect((await callOf({ resource, [key]: 'one', operation: 'two' })).call?.operation).toBe('one')
    expect((await callOf({ resource, [key]: '', operation: 'two' })).call?.operation).toBe('two')
  })

  it('of workflows is not read from another resource’s key', async () => {
    await expect(callOf({ resource: 'workflows', agents_operation: 'get' })).rejects.toThrow('fill operation')
  })
})

describe('its form', () => {
  const fields = platformApi.config.shape
  const metaOf = (key: 'operation' | 'db_operation') => fieldMeta.parse(fields[key].meta())

  it('offers the operations of the chosen resource', () => {
    expect(metaOf('operation').options({ resource: 'executions' })).toEqual(platformResources['executions']?.operations)
    expect(metaOf('operation').options({ resource: 'constructor' })).toEqual([])
  })

  it('shows the one key that counts', () => {
    const legacy = { resource: 'database', operation: 'list_tables', db_operation: 'drop_table' }
    expect([metaOf('operation').shownIf(legacy), metaOf('db_operation').shownIf(legacy)]).toEqual([false, true])
    const plain = { resource: 'database', operation: 'list_tables' }
    expect([metaOf('operation').shownIf(plain), metaOf('db_operation').shownIf(plain)]).toEqual([true, false])
  })
})

const fieldMeta = z.object({
  options: z.custom<(config: object) => readonly string[]>((value) => typeof value === 'function'),
  shownIf: z.custom<(config: object) => boolean>((value) => typeof value === 'function'),
})

it('warns of what nobody offers, and lets templates be', () => {
  const problems = (config: JsonObject) => platformApi.check(config).map(({ path, message }) => [path, message])
  expect(problems({ resource: 'toString', operation: 'list' })).toEqual([
    ['config.resource', expect.stringContaining('There is no resource "toString": choose one of agents')],
  ])
  expect(problems({ resource: 'database', db_operation: 'explode' })).toEqual([
    ['config.db_operation', expect.stringContaining('database has no operation "explode"')],
  ])
  expect(problems({ resource: 'workflows', operation: 'execute' })).toEqual([])
  expect(problems({ resource: 'workflows', operation: '<choice.output>' })).toEqual([])
})

it('has an empty body, no params and no id unless the config says so', async () => {
  for (const empty of [undefined, null, ''])
    expect(
      (await callOf({ resource: 'workflows', operation: 'list', body: empty, params: empty, resource_id: empty })).call,
    ).toMatchObject({ resourceId: null, body: {}, params: {} })
})

it('says which field is missing or wrong', async () => {
  await expect(callOf({})).rejects.toThrow('fill resource')
  await expect(callOf({ resource: 'workflows', operation: 'create', body: '{' })).rejects.toThrow('body must be')
  await expect(callOf({ resource: 'workflows', operation: 'create', body: '[1]' })).rejects.toThrow('body must be')
  expect(platformApi.check({}).map(({ code, path }) => [code, path])).toEqual([
    ['config_missing', 'config.resource'],
    ['config_missing', 'config.operation'],
  ])
  expect(platformApi.check({ resource: 'agents', agents_operation: 'list' })).toEqual([])
})
