import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../test/server'
import { createWorkflow, send, type Loose } from './client'

/** Never answers, and tells who waits and who gave up. */
const waiting: string[] = []
const givenUp: string[] = []
const slow = createServer((request, response) => {
  waiting.push(request.url ?? '')
  response.on('close', () => givenUp.push(request.url ?? ''))
})

/** Long for a machine that does much else. */

let server: TestServer
let slowUrl: string
const clients: Client[] = []

beforeAll(async () => {
  slow.listen(0, '127.0.0.1')
  await once(slow, 'listening')
  slowUrl = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`
  server = await startServer({ env: { SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' } })
})
afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())))
afterAll(async () => {
  slow.closeAllConnections()
  slow.close()
  await server.stop()
})

/** The official client, connected with a key. */
async function connect(key = server.apiKey): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  clients.push(client)
  const requestInit = { headers: { authorization: `Bearer ${key}` } }
  const transport = new StreamableHTTPClientTransport(new URL(`${server.url}/api/mcp`), { requestInit })
  await client.connect(transport)
  return client
}

async function deploy(name: string, blocks: object[], edges: object[] = [], more: object = {}): Promise<string> {
  const id = await createWorkflow(server, { blocks, edges }, { name, ...more })
  const deployed = await send(server, 'POST', `/api/workflows/${id}/deploy`)
  expect(deployed.status, deployed.text).toBe(200)
  return id
}

const toolNameOf = (slug: string, id: string) => `${slug}_${id.slice(-8)}`
const greeting = (word: string) => ({
  blocks: [
    { id: 's', type: 'starter', config: { input: { name: 'you', times: 2, loud: false, tags: [], extra: null } } },
    { id: 'r', type: 'response', config: { output: { said: `${word} <s.output.name>`, seen: '<s.output>' } } },
  ],
  edges: [{ source: 's', target: 'r' }],
})
const waitingFor = (path: string) => [
  { id: 's', type: 'starter' },
  { id: 'wait', type: 'general_api', config: { url: `${slowUrl}${path}` } },
]

/** As the SDK's types have it, results may be of an older form. */
type Result = { content: { type: string; text: string }[]; structuredContent?: Loose; isError?: boolean }
const call = async (client: Client, name: string, input: Record<string, unknown> = {}, signal?: AbortSignal) =>
  (await client.callTool({ name, arguments: input }, undefined, signal ? { signal } : {})) as Result

describe('deployed workflows as tools', () => {
  it('are listed, each under a name of its own, with the types of their starters', async () => {
    const { blocks, edges } = greeting('Hello')
    const first = await deploy('Grüß Gott!', blocks, edges, { description: 'Greets somebody' })
    const second = await deploy('Grüß Gott!', blocks, edges)
    const odd = await deploy('你好', blocks, edges)
    const draft = await createWorkflow(server, { blocks, edges }, { name: 'Only a draft' })
    const { tools } = await (await connect()).listTools()
    const names = tools.map(({ name }) => name)
    expect(names).toEqual([toolNameOf('gru_gott', first), toolNameOf('gru_gott', second), toolNameOf('workflow', odd)])
    expect(names.join()).not.toContain(draft.slice(-8))
    expect(names.every((name) => /^[a-zA-Z0-9_-]{1,64}$/.test(name))).toBe(true)
    expect(tools[0]).toMatchObject({ title: 'Grüß Gott!', description: 'Greets somebody' })
    expect(tools[1]?.description).toBe('Runs the workflow Grüß Gott!')
    expect(tools[0]?.inputSchema).toEqual({
      type: 'object',
      properties: {
        name: { type: 'string', default: 'you' },
        times: { type: 'number', default: 2 },
        loud: { type: 'boolean', default: false },
        tags: { type: 'array', default: [] },
        extra: { default: null },
      },
      additionalProperties: true,
    })
  })

  it('run the deployed version, and keep their name when the workflow is renamed', async () => {
    const { blocks, edges } = greeting('Hello')
    const id = await deploy('Greeter', blocks, edges)
    await send(server, 'PUT', `/api/workflows/${id}/graph`, { body: greeting('Draft') })
    const client = await connect()
    const tool = toolNameOf('greeter', id)
    const { structuredContent, content, isError } = await call(client, tool, { name: 'Ada', more: 1 })
    expect(isError).toBe(false)
    const output = { said: 'Hello Ada', seen: { name: 'Ada', times: 2, loud: false, tags: [], extra: null, more: 1 } }
    expect(structuredContent).toEqual({ status: 'completed', execution_id: expect.any(String), output })
    expect(JSON.parse(content[0]?.text ?? '')).toEqual(output)
    const path = `/api/workflows/${id}/executions/${String(structuredContent?.['execution_id'])}`
    expect((await send(server, 'GET', path)).body).toMatchObject({ trigger: 'mcp', status: 'completed', version: 1 })
    await send(server, 'PATCH', `/api/workflows/${id}`, { body: { name: 'Welcome' } })
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain(toolNameOf('welcome', id))
    expect((await call(client, tool)).structuredContent).toMatchObject({ output: { said: 'Hello you' } })
    await send(server, 'POST', `/api/workflows/${id}/undeploy`)
    await expect(call(client, tool)).rejects.toThrow(/No deployed workflow is offered as/)
  })

  it('a failed run is an error with its message and execution, never a success', async () => {
    const id = await deploy(
      'Breaks',
      [
        { id: 's', type: 'starter' },
        { id: 'code', type: 'code', config: { language: 'javascript', code: 'throw new Error("no stock left")' } },
      ],
      [{ source: 's', target: 'code' }],
    )
    const client = await connect()
    await client.listTools()
    const result = await call(client, toolNameOf('breaks', id))
    expect(result.isError).toBe(true)
    expect(result.content[0]?.text).toMatch(/no stock left.*\(execution [0-9a-f-]{36}\)/)
    expect(result.structuredContent).toMatchObject({
      status: 'failed',
      error_code: 'EXECUTION_FAILED',
      execution_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  it('a cancelled call ends its execution and no other client’s call of the same number', async () => {
    const edges = [{ source: 's', target: 'wait' }]
    const [mine, theirs] = [
      await deploy('Mine', waitingFor('/mine'), edges),
      await deploy('Theirs', waitingFor('/theirs'), edges),
    ]
    const [one, other] = [await connect(), await connect()]
    const abort = new AbortController()
    const answers = Promise.allSettled([
      call(one, toolNameOf('mine', mine), {}, abort.signal),
      call(other, toolNameOf('theirs', theirs)),
    ])
    await expect.poll(() => waiting.toSorted()).toEqual(['/mine', '/theirs'])
    abort.abort('changed my mind')
    await expect.poll(() => givenUp).toEqual(['/mine'])
    await expect.poll(() => statusOf(mine)).toBe('cancelled')
    expect(await statusOf(theirs)).toBe('running')
    await other.close()
    await expect.poll(() => statusOf(theirs)).toBe('cancelled')
    await expect.poll(() => givenUp).toEqual(['/mine', '/theirs'])
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})

describe('who may', () => {
  async function keyWith(...scopes: string[]): Promise<string> {
    const made = await send(server, 'POST', '/api/settings/api-keys', { body: { name: scopes.join(), scopes } })
    expect(made.status, made.text).toBe(201)
    return String(made.body['key'])
  }
  const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
  }
  const accept = { accept: 'application/json, text/event-stream' }

  it('a key that only reads lists tools and calls none', async () => {
    const { blocks, edges } = greeting('Hi')
    const id = await deploy('Guarded', blocks, edges)
    const client = await connect(await keyWith('read'))
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain(toolNameOf('guarded', id))
    await expect(call(client, toolNameOf('guarded', id))).rejects.toThrow(/scope \\?"run\\?"/)
    const { body } = await send(server, 'GET', `/api/workflows/${id}/executions`)
    expect(body['total']).toBe(0)
  })

  it('a stranger is 401, a page of another site 403, another method 405', async () => {
    expect(await send(server, 'POST', '/api/mcp', { body: initialize, key: null })).toMatchObject({ status: 401 })
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const refused = await send(server, 'POST', '/api/mcp', { body: initialize, headers: { ...accept, ...headers } })
      expect(refused).toMatchObject({ status: 403, body: { error_code: 'FORBIDDEN' } })
    }
    for (const method of ['GET', 'DELETE', 'PUT', 'PATCH', 'OPTIONS']) {
      const refused = await send(server, method, '/api/mcp', { headers: { accept: 'text/event-stream' } })
      expect(refused).toMatchObject({ status: 405, body: { error_code: 'METHOD_NOT_ALLOWED' } })
      expect(refused.headers.get('allow')).toBe('POST')
    }
  })

  it.each([
    ['malformed JSON', { raw: '{"jsonrpc":' }, 400, 'VALIDATION_ERROR'],
    ['no JSON-RPC', { raw: '{"hello": 1}' }, 400, 'VALIDATION_ERROR'],
    ['depth 100,000', { raw: '['.repeat(100_000) }, 400, 'VALIDATION_ERROR'],
    ['over 1 MiB', { raw: `{"x": "${'x'.repeat(1 << 20)}"}` }, 413, 'PAYLOAD_TOO_LARGE'],
    ['another type', { raw: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'an unknown protocol version',
      { raw: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}', headers: { 'mcp-protocol-version': '1999-01-01' } },
      400,
      'VALIDATION_ERROR',
    ],
  ])('%s is refused in the API’s own words', async (_what, { raw, ...more }, status, error_code) => {
    const headers = { 'content-type': 'application/json', ...accept, ...('headers' in more ? more.headers : {}) }
    const refused = await send(server, 'POST', '/api/mcp', { raw, headers })
    expect(refused).toMatchObject({ status, body: { error: expect.stringMatching(/./), error_code } })
    expect(refused.headers.get('x-request-id')).toBeTruthy()
  })
})

async function statusOf(workflowId: string): Promise<unknown> {
  const { body } = await send(server, 'GET', `/api/workflows/${workflowId}/executions`)
  return body['executions']?.[0]?.['status']
}
