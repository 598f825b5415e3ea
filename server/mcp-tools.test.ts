import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { z } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useTestApp } from '@/test/app'
import { startModelServer, type ModelServer } from '@/test/model-server'

const example = (name: string) =>
  fileURLToPath(new URL(`../node_modules/@modelcontextprotocol/sdk/dist/esm/examples/server/${name}`, import.meta.url))

/** A program that tells what it was given, and starts another one that would outlive it. */
const teller = `
  import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
  import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
  import { spawn } from 'node:child_process'
  const child = spawn('sleep', ['600'], { stdio: 'ignore' })
  process.on('SIGTERM', () => undefined)
  const server = new McpServer({ name: 'teller', version: '1' })
  const tell = () => ({ content: [{ type: 'text', text: JSON.stringify({ env: process.env, pids: [process.pid, child.pid] }) }] })
  server.registerTool('tell', {}, tell)
  server.registerTool('hang', {}, () => new Promise(() => undefined))
  await server.connect(new StdioServerTransport())
`
const programs = {
  weather: { command: process.execPath, args: [example('mcpServerOutputSchema.js')] },
  teller: { command: process.execPath, args: ['--input-type=module', '-e', teller], env: { TOKEN: 'listed' } },
  broken: { command: process.execPath, args: ['-e', 'console.error("no such disk"); process.exit(3)'] },
  missing: { command: 'no-such-program-anywhere' },
}

const { ask } = useTestApp({
  SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
  SLUICE_MCP_SERVERS: JSON.stringify(programs),
  PATH: process.env['PATH'] ?? '',
})
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

it('talks to the example server of the official SDK, sessions and event streams included', async () => {
  const { child, address } = await startExample()
  try {
    models.script({ calls: [{ name: 'greet', input: { name: 'Ada' } }] }, { text: 'Done.' })
    const reply = await run({ type: 'mcp', url: address, allow: ['greet', 'multi-greet'] })
    expect(reply.body['tool_calls'], reply.text).toMatchObject([{ name: 'greet', output: 'Hello, Ada!' }])
    expect(models.calls[0]?.body['tools']).toMatchObject([
      { function: { name: 'greet' } },
      { function: { name: 'multi-greet' } },
    ])
  } finally {
    child.kill()
  }
})

describe('a program as an MCP server', () => {
  it('is the official SDK’s example, over its standard input and output', async () => {
    models.script({ calls: [{ name: 'get_weather', input: { city: 'Graz', country: 'AT' } }] }, { text: 'Done.' })
    const reply = await run({ type: 'mcp', url: 'stdio:weather' })
    expect(reply.body['tool_calls'], reply.text).toMatchObject([
      { name: 'get_weather', output: { humidity: expect.any(Number) as number } },
    ])
  })

  it('gets no environment but what is listed, and ends with the run together with what it started', async () => {
    models.script({ calls: [{ name: 'tell', input: {} }] }, { text: 'Done.' })
    const reply = await run({ type: 'mcp', url: 'stdio:teller' })
    const said = JSON.parse(String(reply.body['tool_calls']?.[0]?.['output'])) as { env: object; pids: number[] }
    expect(said.env).toEqual({ PATH: process.env['PATH'], TOKEN: 'listed' })
    // It does not heed being told to end.
    await expect.poll(() => said.pids.filter(isAlive)).toEqual([])
  })

  it('ends when the caller leaves in the middle of a call', async () => {
    models.script({ calls: [{ name: 'tell', input: {} }] }, { calls: [{ name: 'hang', input: {} }] })
    const abort = new AbortController()
    const agent = await ask('POST', '/api/agents', { name: 'Left', tools: [{ type: 'mcp', url: 'stdio:teller' }] })
    const path = `/api/agents/${String(agent.body['id'])}/run`
    const running = ask('POST', path, { message: 'Go' }, { signal: abort.signal })
    await expect.poll(() => models.calls.length).toBe(2)
    const told = models.calls[1]?.body['messages'] as { role: string; content: string }[]
    const pids = /"pids":\[(\d+),(\d+)\]/
      .exec(String(told.at(-1)?.content).replaceAll('\\', ''))
      ?.slice(1)
      .map(Number)
    expect(pids?.filter(isAlive)).toHaveLength(2)
    abort.abort()
    await running
    await expect.poll(() => pids?.filter(isAlive)).toEqual([])
  })

  it.each([
    ['stdio:shell', /stdio:shell is not allowed: whoever runs Sluice lists it in SLUICE_MCP_SERVERS/],
    ['stdio:constructor', /stdio:constructor is not allowed/],
    ['stdio:missing', /stdio:missing failed: spawn no-such-program-anywhere ENOENT/],
    ['stdio:broken', /stdio:broken failed: .*Connection closed/],
  ])('%s is refused or fails with a reason', async (url, reason) => {
    models.script({ text: 'Done.' })
    const reply = await run({ type: 'mcp', url })
    expect(reply.body['error']).toMatch(reason)
    expect(models.calls.length).toBe(0)
  })

  it.each(['stdio:', 'stdio:a b', 'stdio:../sh', 'stdio:sh -c id', 'file:///bin/sh'])(
    '%s is no address',
    async (url) => {
      const agent = await ask('POST', '/api/agents', { name: 'Odd', tools: [{ type: 'mcp', url }] })
      expect(agent).toMatchObject({ status: 400, body: { error_code: 'VALIDATION_ERROR' } })
    },
  )
})

async function startExample(): Promise<{ child: ChildProcess; address: string }> {
  const port = await freePort()
  const child = spawn(process.execPath, [example('simpleStreamableHttp.js')], {
    env: { ...process.env, MCP_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('listening') && resolve())
    child.once('exit', () => reject(new Error('the example server ended')))
  })
  return { child, address: `http://127.0.0.1:${port}/mcp` }
}

async function freePort(): Promise<number> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
