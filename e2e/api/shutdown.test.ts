import { expect, it } from 'vitest'
import { startServer } from '../../test/server'
import { createWorkflow, send } from './client'

const slow = {
  blocks: [
    { id: 's', type: 'starter' },
    {
      id: 'c',
      type: 'code',
      config: { language: 'javascript', code: 'const end = Date.now() + 2000; while (Date.now() < end); return 1' },
    },
    { id: 'r', type: 'response' },
  ],
  edges: [
    { source: 's', target: 'c' },
    { source: 'c', target: 'r' },
  ],
}

it('lets a running execution finish after SIGTERM, takes no new call, and exits with 0', async () => {
  const server = await startServer()
  const id = await createWorkflow(server, slow)
  const running = send(server, 'POST', `/api/workflows/${id}/execute`, { body: {} })
  await expect
    .poll(async () => (await send(server, 'GET', `/api/workflows/${id}/executions?status=running`)).body['total'])
    .toBe(1)
  const stopped = server.stop()
  await expect.poll(() => server.output()).toContain('Stopping')
  await expect(fetch(`${server.url}/api/health`, { headers: { connection: 'close' } })).rejects.toThrow()
  expect(await running).toMatchObject({ status: 200, body: { status: 'completed', output: 1 } })
  expect(await stopped).toBe(0)
})
