import { describe, expect, it, vi } from 'vitest'
import { fakeContext } from '../testing'
import { platformApi } from './definition'
import { run } from './run'
import type { PlatformCall } from '../contract'

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
    operation: 'execute',
    resourceId: 'an-id',
    body: { variables: { a: 1 } },
    params: { limit: 5 },
  })
})

describe('its operation', () => {
  it.each([
    ['agents', 'agents_operation'],
    ['knowledge_bases', 'kb_operation'],
    ['sources', 'sources_operation'],
    ['sessions', 'sessions_operation'],
    ['database', 'db_operation'],
  ])('of %s stands under %s, else under operation', async (resource, key) => {
    expect((await callOf({ resource, [key]: 'get', operation: 'list' })).call?.operation).toBe('get')
    expect((await callOf({ resource, [key]: '', operation: 'list' })).call?.operation).toBe('list')
  })

  it('of workflows is not read from another resource’s key', async () => {
    await expect(callOf({ resource: 'workflows', agents_operation: 'get' })).rejects.toThrow('fill operation')
  })
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
