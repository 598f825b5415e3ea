import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startModelServer, type ModelServer } from '../../test/model-server'
import { startServer, type TestServer } from '../../test/server'
import { callWebhook, createWorkflow, mintWebhook, send } from './client'

// The guide's summarizer against a provider that the vendor's own variables describe, over real HTTP.
let models: ModelServer
let server: TestServer
beforeAll(async () => {
  models = await startModelServer()
  server = await startServer({ env: { OPENAI_API_KEY: 'sk-end-to-end', OPENAI_BASE_URL: models.url } })
})
afterAll(async () => {
  await server.stop()
  await models.close()
})

const summarizer = (first: object) => ({
  blocks: [
    { id: 'start', ...first },
    { id: 'agent', type: 'agent', config: { model: 'gpt-4o-mini', prompt: 'Summarize {{variables.topic}}' } },
    { id: 'reply', type: 'response', config: {} },
  ],
  edges: [
    { source: 'start', target: 'agent' },
    { source: 'agent', target: 'reply' },
  ],
})
const body = { variables: { topic: 'tides' } }

describe('the summarizer', () => {
  it('answers', async () => {
    models.script({ text: 'They rise and fall.' })
    const id = await createWorkflow(server, summarizer({ type: 'starter' }))
    const reply = await send(server, 'POST', `/api/workflows/${id}/execute`, { body })
    expect(reply.body, reply.text).toMatchObject({ status: 'completed', output: 'They rise and fall.' })
    expect(models.calls[0]).toMatchObject({
      headers: { authorization: 'Bearer sk-end-to-end' },
      body: { model: 'gpt-4o-mini' },
    })
    expect(reply.text + server.output()).not.toContain('sk-end-to-end')
  })

  it('streams', async () => {
    models.script({ text: 'They rise and fall.' })
    const id = await createWorkflow(server, summarizer({ type: 'starter' }))
    const reply = await send(server, 'POST', `/api/workflows/${id}/execute/stream`, { body })
    expect(reply.text.match(/"type":"block_chunk"/g)?.length).toBe(4)
  })

  it('answers a webhook, and tells a stranger nothing of a failure', async () => {
    const hook = mintWebhook()
    const id = await createWorkflow(server, summarizer({ type: 'webhook', config: hook }))
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    models.script({ text: 'They rise and fall.' })
    const reply = await callWebhook(server, hook, { body: { topic: 'tides' } })
    expect(reply.body).toMatchObject({ status: 'completed', output: 'They rise and fall.' })
    models.script({ status: 400, error: 'private reason' })
    const failed = await callWebhook(server, hook, { body: { topic: 'tides' } })
    expect([failed.status, failed.body['error']]).toEqual([500, 'Workflow execution failed'])
  })
})

describe('an agent over HTTP', () => {
  it('ends its run when its reader leaves a stream: the provider sees the connection close', async () => {
    const agent = await send(server, 'POST', '/api/agents', { body: { name: 'Helper' } })
    models.script({ hang: 'midway' })
    const leaving = new AbortController()
    const response = await fetch(`${server.url}/api/agents/${agent.body['id']}/run/stream`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'Hello' }),
      signal: leaving.signal,
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const call = await models.call(0)
    leaving.abort()
    await call.left
  })

  it('lists the provider of the environment without its key', async () => {
    const reply = await send(server, 'GET', '/api/settings/providers')
    expect(reply.body['providers']).toMatchObject([{ name: 'openai', source: 'environment', has_key: true }])
    expect(reply.text).not.toContain('sk-end-to-end')
  })
})

describe('one graph that uses all the platform offers', () => {
  // In this order, each with what it makes under its own name.
  const calls: [id: string, resource: string, operation: string, more?: object][] = [
    ['agent', 'agents', 'create', { body: { name: 'Helper', model: 'gpt-4o-mini' } }],
    ['ran', 'agents', 'run', { resource_id: '<agent.output.id>', body: { message: 'Hello' } }],
    ['session', 'sessions', 'create', { params: { agent_id: '<agent.output.id>' }, body: { title: 'Talk' } }],
    ['sent', 'sessions', 'send', { resource_id: '<session.output.id>', body: { message: 'And now?' } }],
    ['heard', 'sessions', 'messages', { resource_id: '<session.output.id>' }],
    ['team', 'orchestrations', 'create', { body: { name: 'Team', strategy: 'sequential' } }],
    [
      'member',
      'orchestrations',
      'add_entity',
      {
        resource_id: '<team.output.id>',
        body: { entity_ref_id: '<agent.output.id>' },
      },
    ],
    ['worked', 'orchestrations', 'run', { resource_id: '<team.output.id>', body: { message: 'Work' } }],
    ['flow', 'workflows', 'create', { body: { name: 'Inner' } }],
    [
      'saved',
      'workflows',
      'save_graph',
      {
        resource_id: '<flow.output.id>',
        body: { blocks: [{ id: 'start', type: 'starter' }], edges: [] },
      },
    ],
    ['went', 'workflows', 'run', { resource_id: '<flow.output.id>' }],
    ['logs', 'executions', 'logs', { resource_id: '<went.output.execution_id>' }],
    ['base', 'knowledge_bases', 'create', { body: { name: 'Handbook' } }],
    [
      'source',
      'sources',
      'create',
      {
        params: { knowledge_base_id: '<base.output.id>' },
        body: { name: 'Hours', text: 'Parcels leave at five.' },
      },
    ],
    ['found', 'knowledge_bases', 'search', { resource_id: '<base.output.id>', body: { query: 'parcels' } }],
    ['table', 'database', 'create_table', { resource_id: 'parcels', body: { columns: { name: 'text' } } }],
    [
      'row',
      'database',
      'insert_rows',
      { resource_id: 'parcels', body: { row: { name: '<found.output.hits.0.text>' } } },
    ],
    ['rows', 'database', 'select_rows', { resource_id: 'parcels' }],
  ]
  const ids = ['start', ...calls.map(([id]) => id)]
  const graph = {
    blocks: [
      { id: 'start', type: 'starter' },
      ...calls.map(([id, resource, operation, more]) => {
        return { id, type: 'platform_api', config: { resource, operation, ...more } }
      }),
    ],
    edges: ids.slice(1).map((target, index) => ({ source: ids[index], target })),
  }
  const keyWith = async (scopes: string[]) =>
    String((await send(server, 'POST', '/api/settings/api-keys', { body: { name: 'key', scopes } })).body['key'])

  it('does it all for a caller of enough rights', async () => {
    models.script({ text: 'It is noon.' })
    const id = await createWorkflow(server, graph)
    const key = await keyWith(['read', 'run', 'write'])
    const reply = await send(server, 'POST', `/api/workflows/${id}/execute`, { key, body: {} })
    expect(reply.body, reply.text).toMatchObject({ status: 'completed' })
    const answers = Object.entries(reply.body['block_outputs'] ?? {}).filter(([name]) => name !== 'start')
    expect(answers.map(([, answer]) => Math.floor(Number(answer?.['status_code']) / 100))).toEqual(calls.map(() => 2))
    expect(reply.body['block_outputs']).toMatchObject({
      ran: { output: { output: 'It is noon.' } },
      heard: { output: { messages: [{ content: 'And now?' }, { content: 'It is noon.' }] } },
      worked: { output: { output: 'It is noon.' } },
      logs: { output: { block_logs: [{ block_id: 'start', status: 'success' }] } },
      rows: { output: { rows: [{ name: 'Parcels leave at five.' }] } },
    })
  })

  it.each([
    ['may not write it ends at the first block', ['read', 'run'], 'agent', 'it needs the scope "write"'],
    ['may only read it does not begin', ['read'], undefined, 'run'],
  ])('for a caller who %s', async (_, scopes, failedBlock, reason) => {
    const id = await createWorkflow(server, graph)
    const agents = async () => (await send(server, 'GET', '/api/agents')).body['total']
    const before = await agents()
    const reply = await send(server, 'POST', `/api/workflows/${id}/execute`, { key: await keyWith(scopes), body: {} })
    expect(reply.status).toBe(failedBlock ? 500 : 403)
    expect(reply.body['failed_block']).toBe(failedBlock)
    expect(reply.body['error']).toContain(reason)
    expect(await agents()).toBe(before)
  })
})
