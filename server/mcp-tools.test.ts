import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { z } from 'zod'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { useTestApp } from '@/test/app'
import { startModelServer, type ModelServer } from '@/test/model-server'

const { ask } = useTestApp({ SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' })
let models: ModelServer
let site: Server
let url: string
const keys: (string | undefined)[] = []

/** A server of the official SDK, as its stateless example has it. */
function greeter(): McpServer {
  const server = new McpServer({ name: 'greeter', version: '1' })
  server.registerTool('greet', { description: 'Greets', inputSchema: { name: z.string() } }, ({ name }) => ({
    content: [{ type: 'text', text: `Hello ${name}, the key is mcp-secret-key` }],
  }))
  server.registerTool('break', { description: 'Breaks' }, () => ({
    content: [{ type: 'text', text: 'broken on purpose' }],
    isError: true,
  }))
  return server
}

beforeAll(async () => {
  models = await startModelServer()
  site = createServer((request, response) => {
    keys.push(request.headers['x-key']?.toString())
    if (request.method !== 'POST') return void response.writeHead(405).end()
    const transport = new StreamableHTTPServerTransport({})
    const connected = greeter().connect(transport)
    void connected.then(() => transport.handleRequest(request, response))
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/mcp`
  const provider = { kind: 'openai_compatible', base_url: models.url, default_model: 'test-model' }
  await ask('PUT', '/api/settings/providers/local', provider)
  await ask('PUT', '/api/settings/secrets/MCP_KEY', { value: 'mcp-secret-key' })
})
afterAll(async () => {
  site.closeAllConnections()
  site.close()
  await models.close()
})

async function run(tool: object) {
  const agent = await ask('POST', '/api/agents', { name: 'Helper', tools: [tool] })
  expect(agent.status, agent.text).toBe(201)
  return ask('POST', `/api/agents/${String(agent.body['id'])}/run`, { message: 'Greet Ada' })
}

it('tools of an MCP server are offered with their schemas, and called', async () => {
  models.script({ calls: [{ name: 'greet', input: { name: 'Ada' } }] }, { text: 'Done.' })
  const reply = await run({ type: 'mcp', url, headers: { 'x-key': '{{secrets.MCP_KEY}}' } })
  expect(reply.body['tool_calls'], reply.text).toMatchObject([
    { name: 'greet', output: 'Hello Ada, the key is [redacted]' },
  ])
  expect(keys).toContain('mcp-secret-key')
  const offered = models.calls[0]?.body['tools'] as { function: { name: string; parameters: object } }[]
  expect(offered.map((tool) => tool.function.name)).toEqual(['greet', 'break'])
  expect(offered[0]?.function.parameters).toMatchObject({ properties: { name: { type: 'string' } } })
  expect(JSON.stringify(models.calls.map((call) => call.body))).not.toContain('mcp-secret-key')
})

it('only those that are allowed are offered; a failing one is told to the model', async () => {
  models.script({ calls: [{ name: 'break', input: {} }] }, { text: 'Done.' })
  const reply = await run({ type: 'mcp', url, allow: ['break'] })
  expect(models.calls[0]?.body['tools']).toMatchObject([{ function: { name: 'break' } }])
  expect(reply.body['tool_calls']).toMatchObject([{ name: 'break', error: 'broken on purpose' }])
})

it('attack 30: a server on a private address is refused', async () => {
  models.script({ text: 'Done.' })
  const reply = await run({ type: 'mcp', url: 'http://169.254.169.254/mcp' })
  expect(reply.body['error']).toMatch(/link-local.*SLUICE_ALLOW_PRIVATE_HOSTS/)
  expect(models.calls.length).toBe(0)
})
