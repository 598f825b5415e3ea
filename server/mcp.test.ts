import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { expect, it } from 'vitest'
import { POST, GET } from '@/app/api/mcp/route'
import { useTestApp } from '@/test/app'

const { ask, key } = useTestApp()

/** The road that Next takes: a web `Request` in, a web `Response` out. */
const byNext: typeof fetch = (input, init) => {
  const request = new Request(input, init)
  return (request.method === 'POST' ? POST : GET)(request, { params: Promise.resolve(undefined) })
}

it('the official client lists and calls deployed workflows on the road that Next takes', async () => {
  const made = await ask('POST', '/api/workflows', { name: 'Echo' })
  const id = String(made.body['id'])
  const blocks = [
    { id: 's', type: 'starter', config: { input: '{"text": "nothing"}' } },
    { id: 'r', type: 'response', config: { output: '<s.output.text>' } },
  ]
  await ask('PUT', `/api/workflows/${id}/graph`, { blocks, edges: [{ source: 's', target: 'r' }] })
  await ask('POST', `/api/workflows/${id}/deploy`)
  const client = new Client({ name: 'test', version: '1' })
  const requestInit = { headers: { authorization: `Bearer ${key}` } }
  await client.connect(
    new StreamableHTTPClientTransport(new URL('http://localhost:3000/api/mcp'), { fetch: byNext, requestInit }),
  )
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toEqual([`echo_${id.slice(-8)}`])
  const result = await client.callTool({ name: `echo_${id.slice(-8)}`, arguments: { text: 'heard' } })
  expect(result).toMatchObject({
    content: [{ type: 'text', text: 'heard' }],
    structuredContent: { status: 'completed', output: 'heard' },
    isError: false,
  })
  await client.close()
})
