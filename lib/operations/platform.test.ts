import { describe, expect, it } from 'vitest'
import { useTestApp } from '@/test/app'

const { ask } = useTestApp()

const start = { id: 'start', type: 'starter' }

async function save(blocks: object[], edges: object[]): Promise<string> {
  const { body } = await ask('POST', '/api/workflows', { name: 'Flow' })
  const id = String(body['id'])
  await ask('PUT', `/api/workflows/${id}/graph`, { blocks, edges })
  return id
}

/** Runs a platform_api block with that config and returns its data. */
async function platform(config: object) {
  const block = { id: 'call', type: 'platform_api', config: { on_error: 'continue', ...config } }
  const id = await save([start, block], [{ source: 'start', target: 'call' }])
  return (await ask('POST', `/api/workflows/${id}/execute`, {})).body['block_outputs']?.['call'] ?? {}
}

describe('a platform_api block', () => {
  it('reads an execution and its logs by the id of the execution alone', async () => {
    const id = await save([start], [])
    const eid = String((await ask('POST', `/api/workflows/${id}/execute`, {})).body['execution_id'])
    const found = await platform({ resource: 'executions', operation: 'get', resource_id: eid })
    expect(found).toMatchObject({ status_code: 200, output: { id: eid, status: 'completed' } })
    const logs = await platform({ resource: 'executions', operation: 'logs', resource_id: eid })
    expect(logs).toMatchObject({ status_code: 200, output: { block_logs: [{ block_id: 'start' }] } })
    const params = { workflow_id: await save([start], []) }
    const elsewhere = await platform({ resource: 'executions', operation: 'get', resource_id: eid, params })
    expect(elsewhere).toMatchObject({ status_code: 404, output: { error_code: 'NOT_FOUND' } })
  })

  it('fails on an id that is none, and hears 404 of an unknown one', async () => {
    const failed = { output: null, error: 'config.resource_id: must be a UUID' }
    expect(await platform({ resource: 'executions', operation: 'get' })).toEqual(failed)
    expect(await platform({ resource: 'workflows', operation: 'get', resource_id: '../agents' })).toEqual(failed)
    const unknown = { operation: 'get', resource_id: '00000000-0000-4000-8000-000000000000' }
    expect(await platform({ resource: 'executions', ...unknown })).toMatchObject({ status_code: 404 })
    expect(await platform({ resource: 'workflows', ...unknown })).toMatchObject({ status_code: 404 })
  })

  it.each([
    ['constructor', 'list', /^resource "constructor" is not available; available: agents, orchestrations, workflows/],
    ['__proto__', 'toString', /^resource "__proto__" is not available/],
    ['workflows', 'toString', /^resource "workflows" has no operation "toString"; it has: list/],
    ['workflows', 'constructor', /^resource "workflows" has no operation "constructor"/],
  ])('attack 31: knows no %s.%s that nobody offered', async (resource, operation, message) => {
    const data = await platform({ resource, operation })
    expect(data['error']).toMatch(message)
  })

  it('attack 31: a workflow that calls itself ends at the depth limit', async () => {
    const id = await save([start], [])
    const call = { resource: 'workflows', operation: 'execute', resource_id: id }
    const edges = [{ source: 'start', target: 'call' }]
    await ask('PUT', `/api/workflows/${id}/graph`, {
      blocks: [start, { id: 'call', type: 'platform_api', config: call }],
      edges,
    })
    await ask('POST', `/api/workflows/${id}/execute`, {})
    const { body } = await ask('GET', `/api/workflows/${id}/executions`)
    expect(body['total']).toBe(9)
    expect(body['executions']?.[0]?.['error']).toContain('nested deeper than 8 executions')
  })
})
