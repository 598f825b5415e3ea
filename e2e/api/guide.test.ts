import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callWebhook, createWorkflow, send } from './client'
import { startServer, type TestServer } from '../../test/server'

// The published guide, followed word by word: each test's title quotes the sentence it keeps.
let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const canonicalTypes =
  'starter, agent, code, condition, general_api, platform_api, response, split, webhook, orchestration'.split(', ')

/** The guide's example, with the block in the middle given: starter with variables -> … -> response without config. */
function guideGraph(middle: object) {
  return {
    blocks: [
      { id: 'start', type: 'starter', name: 'Start', position: { x: 0, y: 0 }, config: { input: { topic: 'tides' } } },
      { id: 'summarize', name: 'Summarize', position: { x: 250, y: 0 }, ...middle },
      { id: 'reply', type: 'response', name: 'Reply', position: { x: 500, y: 0 }, config: {} },
    ],
    edges: [
      { source: 'start', target: 'summarize' },
      { source: 'summarize', target: 'reply' },
    ],
  }
}

const codeInItsPlace = {
  type: 'code',
  config: { language: 'javascript', code: 'return "About " + start.output.topic + ": they rise and fall."' },
}

function webhookGraph(config: object) {
  return {
    blocks: [
      { id: 'hook', type: 'webhook', config },
      { id: 'reply', type: 'response', config: {} },
    ],
    edges: [{ source: 'hook', target: 'reply' }],
  }
}

async function hooked(config: object) {
  return createWorkflow(server, webhookGraph(config))
}

const mint = () => ({ webhook_id: randomUUID(), webhook_secret: randomUUID() })

describe('Define the graph', () => {
  it('"Save blocks (processing steps) and edges (connections between them) as a complete graph." "Endpoint: PUT /api/workflows/{id}/graph"', async () => {
    const id = await createWorkflow(server, guideGraph(codeInItsPlace))
    const saved = await send(server, 'PUT', `/api/workflows/${id}/graph`, { body: guideGraph(codeInItsPlace) })
    expect(saved.status).toBe(200)
    expect(saved.body).toMatchObject({ ok: true, blocks: 3, edges: 2, version: 2 })
    await send(server, 'PUT', `/api/workflows/${id}/graph`, { body: { blocks: [{ id: 'only', type: 'starter' }] } })
    const read = await send(server, 'GET', `/api/workflows/${id}`)
    expect([read.body['blocks']?.length, read.body['edges']?.length]).toEqual([1, 0])
  })

  it('"The block registry recognizes these canonical types … (function and api_call are accepted as back-compat aliases for code and general_api)."', async () => {
    const types = [...canonicalTypes, 'function', 'api_call']
    const id = await createWorkflow(server, { blocks: types.map((type) => ({ id: type, type })) })
    const read = await send(server, 'GET', `/api/workflows/${id}`)
    const blocks = read.body['blocks'] as unknown as { type: string }[]
    expect(blocks.map((block) => block.type)).toEqual(types)
  })

  it('"The example below wires a starter that injects workflow variables, runs an agent block to produce a summary, and returns the agent’s output through a response block." (without a provider it says so)', async () => {
    const agent = { type: 'agent', config: { model: 'gpt-4o-mini', prompt: 'Summarize <start.output.topic>' } }
    const id = await createWorkflow(server, guideGraph(agent))
    const reply = await send(server, 'POST', `/api/workflows/${id}/execute`, { body: {} })
    expect([reply.status, reply.body['error_code']]).toEqual([400, 'MODEL_NOT_CONFIGURED'])
    expect(reply.body['error']).toContain('Summarize')
    const executions = await send(server, 'GET', `/api/workflows/${id}/executions`)
    expect(executions.body['total']).toBe(0)
  })

  it.each(['nonsense', '', 'Starter'])(
    '"Unknown block types are rejected with 400 Unknown block type." (%j)',
    async (type) => {
      const created = await send(server, 'POST', '/api/workflows', { body: { name: 'x' } })
      const reply = await send(server, 'PUT', `/api/workflows/${created.body['id']}/graph`, {
        body: { blocks: [{ id: 'a', type }] },
      })
      expect([reply.status, reply.body['error'], reply.body['error_code']]).toEqual([
        400,
        `Unknown block type: ${type}`,
        'VALIDATION_ERROR',
      ])
    },
  )
})

describe('Execute the workflow', () => {
  it('"Run the workflow with input data. Returns execution results. Endpoint: POST /api/workflows/{id}/execute"', async () => {
    const id = await createWorkflow(server, guideGraph(codeInItsPlace), { variables: { topic: 'from the workflow' } })
    const reply = await send(server, 'POST', `/api/workflows/${id}/execute`, { body: { variables: { topic: 'rain' } } })
    expect(reply.status, reply.text).toBe(200)
    expect(reply.body).toMatchObject({ status: 'completed', output: 'About rain: they rise and fall.' })
    expect(Object.keys(reply.body['block_outputs'] as object)).toEqual(['start', 'summarize', 'reply'])
    const defaults = await send(server, 'POST', `/api/workflows/${id}/execute`, { body: {} })
    expect(defaults.body['output']).toBe('About from the workflow: they rise and fall.')
  })
})

describe('Deploy with webhook', () => {
  it('"Deploy (POST /api/workflows/{id}/deploy) — sets state = "deployed". The webhook accepts unlimited calls until you undeploy."', async () => {
    const hook = mint()
    const id = await hooked(hook)
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    expect((await send(server, 'GET', `/api/workflows/${id}`)).body['state']).toBe('deployed')
    for (let i = 0; i < 5; i++) expect((await callWebhook(server, hook, { body: { i } })).status).toBe(200)
    await send(server, 'POST', `/api/workflows/${id}/undeploy`)
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(403)
  })

  it('"Arm (POST /api/workflows/{id}/arm) — leaves state = "internal" but opens a 10-minute window during which the webhook accepts exactly one call. After it fires (or expires), you must arm again."', async () => {
    const hook = mint()
    const id = await hooked(hook)
    const before = Date.now()
    const armed = await send(server, 'POST', `/api/workflows/${id}/arm`)
    const windowMs = Date.parse(armed.body['armed_until'] as unknown as string) - before
    expect(windowMs).toBeGreaterThan(9.9 * 60_000)
    expect(windowMs).toBeLessThan(10.1 * 60_000)
    expect((await send(server, 'GET', `/api/workflows/${id}`)).body['state']).toBe('internal')
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(200)
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(403)
    await send(server, 'POST', `/api/workflows/${id}/arm`)
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(200)
  })

  it('"To retrieve them programmatically, fetch the workflow and pull them from the block’s config."', async () => {
    const hook = mint()
    const id = await hooked(hook)
    const read = await send(server, 'GET', `/api/workflows/${id}`)
    expect(read.body['blocks']?.[0]?.['config']).toEqual(hook)
  })

  it('"The server does not generate them."', async () => {
    const id = await hooked({})
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    const read = await send(server, 'GET', `/api/workflows/${id}`)
    expect(read.body['blocks']?.[0]?.['config']).toEqual({})
  })

  it('"webhook_id MUST be a valid UUID — the trigger endpoint validates it and returns 400 otherwise."', async () => {
    const id = await hooked({ webhook_id: 'orders', webhook_secret: 'x' })
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    const reply = await send(server, 'POST', '/api/webhooks/orders', { key: 'x', body: {} })
    expect(reply.status).toBe(400)
  })

  it('"webhook_secret can be any non-empty string"', async () => {
    for (const webhook_secret of ['x', 'with blank inside', '{"json": true}', 'a'.repeat(4_000)]) {
      const hook = { webhook_id: randomUUID(), webhook_secret }
      const id = await hooked(hook)
      await send(server, 'POST', `/api/workflows/${id}/deploy`)
      expect((await callWebhook(server, hook, { body: {} })).status, webhook_secret.slice(0, 20)).toBe(200)
    }
  })

  it('"A webhook block with no secret is silently un-triggerable (the trigger endpoint will return 401)."', async () => {
    const webhook_id = randomUUID()
    const id = await hooked({ webhook_id })
    expect((await send(server, 'POST', `/api/workflows/${id}/deploy`)).status).toBe(200)
    for (const key of [null, 'undefined', 'null'])
      expect((await send(server, 'POST', `/api/webhooks/${webhook_id}`, { key, body: {} })).status).toBe(401)
  })

  it('"The deploy endpoint returns {"ok": true, "state": "deployed"} and arm returns {"ok": true, "armed_until": "<iso-timestamp>"} — neither response contains the webhook credentials."', async () => {
    const hook = mint()
    const id = await hooked(hook)
    const armed = await send(server, 'POST', `/api/workflows/${id}/arm`)
    expect(armed.body).toEqual({ ok: true, armed_until: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string })
    const deployed = await send(server, 'POST', `/api/workflows/${id}/deploy`)
    expect(deployed.body).toMatchObject({ ok: true, state: 'deployed' })
    for (const reply of [armed, deployed]) {
      expect(reply.text).not.toContain(hook.webhook_id)
      expect(reply.text).not.toContain(hook.webhook_secret)
    }
  })
})

describe('Trigger externally', () => {
  it('"No platform API key is needed — auth is per-webhook via the secret, sent either as a Bearer header (preferred) or a ?token= query param." "POST /api/webhooks/{webhook_id}"', async () => {
    const hook = mint()
    const id = await hooked(hook)
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(200)
    const query = `?token=${hook.webhook_secret}`
    expect((await callWebhook(server, hook, { body: {}, secret: null, query })).status).toBe(200)
  })

  it('"The request body becomes the workflow’s input variables directly."', async () => {
    const hook = mint()
    const graph = webhookGraph(hook)
    const id = await createWorkflow(server, {
      ...graph,
      blocks: [graph.blocks[0] ?? {}, { id: 'reply', type: 'response', config: { output: '{{variables.city}}' } }],
    })
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    expect((await callWebhook(server, hook, { body: { city: 'Oslo' } })).body['output']).toBe('Oslo')
  })

  it('"If your Authorization header is exactly Bearer (trailing space, no token) … the server reads an empty token and 401s without consulting ?token=."', async () => {
    const hook = mint()
    const id = await hooked(hook)
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    const query = `?token=${hook.webhook_secret}`
    for (const authorization of ['Bearer ', 'bearer', 'BEARER '])
      expect((await callWebhook(server, hook, { secret: null, query, headers: { authorization } })).status).toBe(401)
  })

  it('"The ?token= fallback only fires when the header doesn’t start with Bearer ."', async () => {
    const hook = mint()
    const id = await hooked(hook)
    await send(server, 'POST', `/api/workflows/${id}/deploy`)
    const query = `?token=${hook.webhook_secret}`
    const basic = { authorization: 'Basic dXNlcjpwYXNz' }
    expect((await callWebhook(server, hook, { secret: null, query, headers: basic })).status).toBe(200)
    const wrong = { authorization: 'Bearer wrong' }
    expect((await callWebhook(server, hook, { secret: null, query, headers: wrong })).status).toBe(401)
  })

  it('"If the workflow is deployed, the webhook accepts unlimited calls. If only armed, the webhook accepts exactly one call within the 10-minute window — re-arm to fire it again."', async () => {
    const hook = mint()
    const id = await hooked(hook)
    expect((await callWebhook(server, hook, { body: {} })).status).toBe(403)
    for (let round = 0; round < 2; round++) {
      await send(server, 'POST', `/api/workflows/${id}/arm`)
      const statuses = []
      for (let i = 0; i < 3; i++) statuses.push((await callWebhook(server, hook, { body: {} })).status)
      expect(statuses).toEqual([200, 403, 403])
    }
  })
})
