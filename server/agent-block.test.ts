import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { framesOf, useTestApp, type AppReply } from '@/test/app'
import { startModelServer, type ModelServer } from '@/test/model-server'

const { ask } = useTestApp({ SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' })
let models: ModelServer
beforeAll(async () => {
  models = await startModelServer()
})
afterAll(() => models.close())
beforeEach(async () => {
  const provider = { kind: 'openai_compatible', base_url: models.url, api_key: 'sk-local', default_model: 'test-model' }
  await ask('PUT', '/api/settings/providers/local', provider)
})

const hook = { webhook_id: randomUUID(), webhook_secret: 'hook-secret' }

/** The guide's summarizer: starter -> agent -> response. */
async function summarizer(
  config: object = {},
  first: object = { type: 'starter', config: { input: { topic: 'tides' } } },
) {
  const { body } = await ask('POST', '/api/workflows', { name: 'summarizer' })
  const id = String(body['id'])
  const saved = await ask('PUT', `/api/workflows/${id}/graph`, {
    blocks: [
      { id: 'start', ...first },
      { id: 'agent', type: 'agent', name: 'Summarize', config: { prompt: 'Summarize {{variables.topic}}', ...config } },
      { id: 'reply', type: 'response', config: {} },
    ],
    edges: [
      { source: 'start', target: 'agent' },
      { source: 'agent', target: 'reply' },
    ],
  })
  expect(saved.status, saved.text).toBe(200)
  return id
}

function run(id: string, body: object = { variables: { topic: 'rain' } }): Promise<AppReply> {
  return ask('POST', `/api/workflows/${id}/execute`, body)
}

describe('the summarizer', () => {
  it('answers with the model’s words, its usage and where the run is recorded', async () => {
    models.script({ text: 'Rain falls.', usage: [20, 3] })
    const reply = await run(await summarizer({ model: 'test-model', system_prompt: 'Be brief.' }))
    expect(reply.body).toMatchObject({ status: 'completed', output: 'Rain falls.' })
    expect(reply.body['block_outputs']?.['agent']).toMatchObject({
      output: 'Rain falls.',
      model: 'local/test-model',
      usage: { input_tokens: 20, output_tokens: 3, total_tokens: 23 },
      tool_calls: [],
    })
    expect(models.calls[0]?.body['messages']).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Summarize rain' },
    ])
    const logs = reply.body['block_logs'] as unknown as Record<string, unknown>[]
    expect(logs.map((log) => typeof log['agent_run_id'])).toEqual(['object', 'string', 'object'])
  })

  it('streams the words while they come', async () => {
    models.script({ text: 'Rain falls on the sea.' })
    const reply = await ask('POST', `/api/workflows/${await summarizer()}/execute/stream`, {
      variables: { topic: 'rain' },
    })
    const frames = framesOf(reply)
    const chunks = frames.filter((frame) => String(frame['type']) === 'block_chunk')
    expect(chunks.length).toBeGreaterThan(1)
    expect(chunks.map((frame) => frame['chunk']).join('')).toBe('Rain falls on the sea.')
    expect(chunks[0]).toMatchObject({ block_id: 'agent', block_type: 'agent' })
    expect(frames.at(-1)).toMatchObject({ type: 'done', output: 'Rain falls on the sea.' })
  })

  it('tells whoever watches of a tool while it works, and of what it gave', async () => {
    models.script({ calls: [{ name: 'twice', input: { n: 21 } }] }, { text: 'It is 42.' })
    const tool = { type: 'code', name: 'twice', language: 'javascript', code: 'return n * 2' }
    const id = await summarizer({ tools: [tool] })
    const frames = framesOf(await ask('POST', `/api/workflows/${id}/execute/stream`, {}))
    const steps = frames.filter((frame) => String(frame['type']) === 'block_step')
    const call = { name: 'twice', input: { n: 21 } }
    expect(steps).toMatchObject([
      { block_id: 'agent', step: { kind: 'tool', is_running: true, tool_call: { ...call, output: null } } },
      { block_id: 'agent', step: { kind: 'tool', is_running: false, tool_call: { ...call, output: 42 } } },
    ])
    const done = frames.find(
      (frame) => String(frame['block_id']) === 'agent' && String(frame['type']) === 'block_complete',
    )
    expect(done?.['data']).toMatchObject({ tool_calls: [{ ...call, output: 42 }] })
  })

  it('answers a webhook', async () => {
    models.script({ text: 'Rain falls.' })
    const id = await summarizer({}, { type: 'webhook', config: hook })
    await ask('POST', `/api/workflows/${id}/deploy`, {})
    const reply = await ask('POST', `/api/webhooks/${hook.webhook_id}`, { topic: 'rain' }, { key: hook.webhook_secret })
    expect(reply.body).toMatchObject({ status: 'completed', output: 'Rain falls.' })
    expect(JSON.stringify(models.calls[0]?.body)).toContain('Summarize rain')
  })

  it('hands a typed value on where a schema asks for one', async () => {
    models.script({ text: '{"title": "Rain", "words": 2}' })
    const output_schema = { type: 'object', properties: { title: { type: 'string' }, words: { type: 'integer' } } }
    const reply = await run(await summarizer({ output_schema }))
    expect(reply.body['output']).toEqual({ title: 'Rain', words: 2 })
  })
})

describe('a failing model', () => {
  it('fails the block and the execution, and says why', async () => {
    models.script({ status: 400, error: 'context too long' })
    const reply = await run(await summarizer())
    expect(reply.status).toBe(500)
    expect(reply.body).toMatchObject({ error_code: 'EXECUTION_FAILED', failed_block: 'agent' })
    expect(reply.body['error']).toContain('local/test-model answered 400: context too long')
  })

  it('that never answers is ended by the block’s time limit, and sees the connection close', async () => {
    models.script({ hang: 'before the head' })
    const reply = await run(await summarizer({ timeout_ms: 100 }))
    expect(reply.body['error']).toContain('timed out after 100 ms')
    await models.calls[0]?.left
  })

  it('is left alone when the execution is cancelled', async () => {
    models.script({ hang: 'midway' })
    const id = await summarizer()
    const running = run(id)
    const call = await models.call(0)
    const list = await ask('GET', `/api/workflows/${id}/executions`)
    const eid = String(list.body['executions']?.[0]?.['id'])
    expect((await ask('POST', `/api/workflows/${id}/executions/${eid}/cancel`, {})).status).toBe(200)
    await call.left
    expect((await running).body['error_code']).toBe('EXECUTION_CANCELLED')
  })
})

describe('MODEL_NOT_CONFIGURED', () => {
  it('names the block and the setting when no provider serves the model, before an execution exists', async () => {
    await ask('DELETE', '/api/settings/providers/local')
    await ask('PUT', '/api/settings/providers/anthropic', { kind: 'anthropic', api_key: 'k' })
    const id = await summarizer({ model: 'gpt-4o-mini' })
    const reply = await run(id)
    expect([reply.status, reply.body['error_code'], reply.body['block'], reply.body['setting']]).toEqual([
      400,
      'MODEL_NOT_CONFIGURED',
      'agent',
      'model',
    ])
    expect(reply.body['error']).toMatch(/Summarize.*config\.model.*gpt-4o-mini/)
    expect((await ask('GET', `/api/workflows/${id}/executions`)).body['total']).toBe(0)
    await ask('DELETE', '/api/settings/providers/anthropic')
  })

  it('stays away when the block is disabled', async () => {
    await ask('DELETE', '/api/settings/providers/local')
    const { body } = await ask('POST', '/api/workflows', { name: 'w' })
    await ask('PUT', `/api/workflows/${String(body['id'])}/graph`, {
      blocks: [{ id: 'agent', type: 'agent', enabled: false, config: { input: 'x' } }],
    })
    expect((await run(String(body['id']))).status).toBe(200)
  })
})
