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
