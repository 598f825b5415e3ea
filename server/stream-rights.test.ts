import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { framesOf, useTestApp } from '@/test/app'

const { ask } = useTestApp({ SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' })
/** Never answers. */
const slow = createServer()
beforeAll(async () => {
  slow.listen(0, '127.0.0.1')
  await once(slow, 'listening')
})
afterAll(() => {
  slow.closeAllConnections()
  slow.close()
})

it('attack 34: a stream ends when its caller’s key is revoked, and the execution goes on', async () => {
  const id = String((await ask('POST', '/api/workflows', { name: 'Slow' })).body['id'])
  const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`
  const blocks = [
    { id: 's', type: 'starter' },
    { id: 'wait', type: 'general_api', config: { url } },
  ]
  await ask('PUT', `/api/workflows/${id}/graph`, { blocks, edges: [{ source: 's', target: 'wait' }] })
  const { body } = await ask('POST', '/api/settings/api-keys', { name: 'Short-lived', scopes: ['run'] })
  const called = once(slow, 'request')
  const stream = ask('POST', `/api/workflows/${id}/execute/stream`, {}, { key: String(body['key']) })
  await called
  expect((await ask('DELETE', `/api/settings/api-keys/${String(body['id'])}`)).status).toBe(204)
  const types = framesOf(await stream).map((frame) => frame['type'])
  expect(types).toEqual(['execution_start', 'block_start', 'block_complete', 'block_start'])
  const { body: list } = await ask('GET', `/api/workflows/${id}/executions`)
  const [execution] = list['executions'] as unknown as { id: string; status: string }[]
  expect(execution?.status).toBe('running')
  await ask('POST', `/api/workflows/${id}/executions/${execution?.id}/cancel`)
})
