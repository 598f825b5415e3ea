import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { platformResources } from '../blocks/platform-api/definition'
import { platformOperations } from './platform-operations'
import { hiddenSecret } from './show-secrets'
import { useTestApp, type Loose } from '@/test/app'
import { startModelServer, type ModelServer } from '@/test/model-server'

const { ask } = useTestApp({ SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' })
let models: ModelServer
beforeAll(async () => {
  models = await startModelServer()
  await ask('PUT', '/api/settings/providers/local', {
    kind: 'openai_compatible',
    base_url: models.url,
    default_model: 'test-model',
  })
})
afterAll(() => models.close())

async function workflow(blocks: object[], edges: object[] = []): Promise<string> {
  const { body } = await ask('POST', '/api/workflows', { name: 'Flow' })
  const saved = await ask('PUT', `/api/workflows/${body['id']}/graph`, { blocks, edges })
  expect(saved.status, saved.text).toBe(200)
  return String(body['id'])
}

/** Runs a platform_api block with that config and returns its data. */
async function platform(resource: string, operation: string, more: object = {}): Promise<Loose> {
  const call = { id: 'call', type: 'platform_api', config: { on_error: 'continue', resource, operation, ...more } }
  const id = await workflow([{ id: 'start', type: 'starter' }, call], [{ source: 'start', target: 'call' }])
  return (await ask('POST', `/api/workflows/${id}/execute`, {})).body['block_outputs']?.['call'] ?? {}
}
const idOf = (data: Loose) => String(data['output']?.['id'])

it('the block lists what the platform offers, no more and no less', () => {
  const offered = Object.entries(platformOperations).map(([name, operations]) => [name, Object.keys(operations).sort()])
  const listed = Object.entries(platformResources).map(([name, { operations }]) => [name, [...operations].sort()])
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(offered))
  for (const { operations, aliases = {} } of Object.values(platformResources))
    for (const [alias, name] of Object.entries(aliases)) {
      expect(operations).not.toContain(alias)
      expect(operations).toContain(name)
    }
})

describe('a platform_api block', () => {
  it('makes, runs and ends an agent, and talks with it in sessions', async () => {
    const resource_id = idOf(await platform('agents', 'create', { body: { name: 'Helper' } }))
    models.script({ text: 'It is noon.' })
    const ran = await platform('agents', 'run', { resource_id, body: { message: 'What time is it?' } })
    expect(ran).toMatchObject({ status_code: 200, output: { status: 'completed', output: 'It is noon.' } })
    const begun = await platform('sessions', 'create', { params: { agent_id: resource_id }, body: { title: 'Talk' } })
    expect(begun).toMatchObject({ status_code: 201, output: { agent_id: resource_id, title: 'Talk' } })
    const session = { resource_id: idOf(begun) }
    await platform('sessions', 'send', { ...session, body: { message: 'And now?' } })
    const messages = await platform('sessions', 'messages', session)
    expect(messages['output']?.['messages']).toMatchObject([{ content: 'And now?' }, { content: 'It is noon.' }])
    const list = await platform('sessions', 'list', { resource_id })
    expect(list['output']).toMatchObject({ total: 2 })
    const elsewhere = await platform('sessions', 'get', { ...session, params: { agent_id: randomUUID() } })
    expect(elsewhere['status_code']).toBe(404)
    expect(await platform('sessions', 'delete', session)).toMatchObject({ status_code: 204 })
    expect(await platform('sessions', 'get', session)).toMatchObject({ status_code: 404 })
    expect(await platform('agents', 'delete', { resource_id })).toMatchObject({ status_code: 204 })
  })

  it('makes an orchestration, changes a part of it and runs it', async () => {
    const agent = idOf(await platform('agents', 'create', { body: { name: 'Writer' } }))
    const made = await platform('orchestrations', 'create', { body: { name: 'Team', strategy: 'sequential' } })
    const resource_id = idOf(made)
    const member = await platform('orchestrations', 'add_entity', { resource_id, body: { entity_ref_id: agent } })
    const changed = await platform('orchestrations', 'update', { resource_id, body: { name: 'Crew' } })
    expect(changed['output']).toMatchObject({
      name: 'Crew',
      strategy: 'sequential',
      entities: [{ entity_ref_id: agent }],
    })
    models.script({ text: 'Written.' })
    const ran = await platform('orchestrations', 'run', { resource_id, body: { message: 'Write' } })
    expect(ran).toMatchObject({ status_code: 200, output: { output: 'Written.' } })
    const gone = await platform('orchestrations', 'remove_entity', { resource_id, params: { entity_id: idOf(member) } })
    expect(gone['status_code']).toBe(204)
    expect((await platform('orchestrations', 'get', { resource_id }))['output']).toMatchObject({ entities: [] })
  })

  it('attack 31: sees no key of a tool and no secret of a webhook, and saving what it saw loses none', async () => {
    const tools = [{ type: 'http', name: 'look', url: 'https://example.com/', headers: { 'X-Key': 'tool-key-9' } }]
    const agent = String((await ask('POST', '/api/agents', { name: 'Keyed', tools })).body['id'])
    const hook = { webhook_id: randomUUID(), webhook_secret: 'hook-secret-9' }
    const secret = await workflow([{ id: 'hook', type: 'webhook', config: hook }])
    await ask('POST', `/api/workflows/${secret}/deploy`, {})
    const seen = [
      await platform('agents', 'get', { resource_id: agent }),
      await platform('agents', 'list'),
      await platform('agents', 'update', { resource_id: agent, body: { name: 'Renamed' } }),
      await platform('workflows', 'get', { resource_id: secret }),
      await platform('workflows', 'get_version', { resource_id: secret, params: { version: 1 } }),
    ]
    expect(seen.map((data) => data['status_code'])).toEqual([200, 200, 200, 200, 200])
    expect(JSON.stringify(seen)).not.toMatch(/tool-key-9|hook-secret-9/)
    const graph = seen[3]?.['output']
    expect(graph?.['blocks']?.[0]?.['config']?.['webhook_secret']).toBe(hiddenSecret)
    const body = { blocks: graph?.['blocks'], edges: [] }
    const saved = await platform('workflows', 'save_graph', { resource_id: secret, body })
    expect(saved).toMatchObject({ status_code: 200, output: { version: 2 } })
    const after = await ask('GET', `/api/workflows/${secret}`)
    expect(after.body['blocks']?.[0]?.['config']?.['webhook_secret']).toBe('hook-secret-9')
  })

  it('arms, disarms and lists versions', async () => {
    const resource_id = await workflow([{ id: 'start', type: 'starter' }])
    expect(await platform('workflows', 'arm', { resource_id })).toMatchObject({ output: { ok: true } })
    expect(await platform('workflows', 'disarm', { resource_id })).toMatchObject({ output: { ok: true } })
    await platform('workflows', 'execute', { resource_id })
    const versions = await platform('workflows', 'versions', { resource_id })
    expect(versions['output']).toMatchObject({ total: 1, versions: [{ version: 1 }] })
    expect(await platform('executions', 'list', { resource_id })).toMatchObject({ output: { total: 1 } })
  })

  it('attack 31: an agent that runs its own workflow ends at the depth limit', async () => {
    const id = await workflow([{ id: 'start', type: 'starter' }])
    const made = await ask('POST', '/api/agents', {
      name: 'Loop',
      tools: [{ type: 'workflow', workflow_id: id, name: 'again' }],
    })
    const config = { resource: 'agents', operation: 'run', resource_id: made.body['id'], body: { message: 'Go on' } }
    await ask('PUT', `/api/workflows/${id}/graph`, {
      blocks: [
        { id: 'start', type: 'starter' },
        { id: 'call', type: 'platform_api', config },
      ],
      edges: [{ source: 'start', target: 'call' }],
    })
    models.script((call) => {
      const messages = call.body['messages'] as { role: string }[]
      return messages.at(-1)?.role === 'tool' ? { text: 'Enough.' } : { calls: [{ name: 'again', input: {} }] }
    })
    const ran = await ask('POST', `/api/workflows/${id}/execute`, {})
    expect(ran.status, ran.text).toBe(200)
    const { body } = await ask('GET', `/api/workflows/${id}/executions`)
    expect(Number(body['total'])).toBeLessThanOrEqual(9)
  })
})
