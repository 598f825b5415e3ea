import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { framesOf, useTestApp } from '@/test/app'
import { startModelServer, type ModelCall, type ModelServer, type Turn } from '@/test/model-server'

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

async function createAgent(name: string): Promise<string> {
  const made = await ask('POST', '/api/agents', { name, system_prompt: `You are ${name}.` })
  return String(made.body['id'])
}

async function createOrchestration(strategy: string, names: string[], settings: object = {}): Promise<string> {
  const made = await ask('POST', '/api/orchestrations', { name: 'Team', strategy, settings })
  expect(made.status, made.text).toBe(201)
  const id = String(made.body['id'])
  for (const name of names) {
    const entity_ref_id = await createAgent(name)
    const body = { entity_type: 'agent', entity_ref_id, role_description: `does ${name} work` }
    expect((await ask('POST', `/api/orchestrations/${id}/entities`, body)).status).toBe(201)
  }
  return id
}

const run = (id: string, message = 'Write about rain') => ask('POST', `/api/orchestrations/${id}/run`, { message })

/** Answers by who is asked: the system prompt says. */
function byAgent(answers: Record<string, Turn>): (call: ModelCall) => Turn {
  return (call) => {
    const system = JSON.stringify((call.body['messages'] as object[])[0])
    const name = Object.keys(answers).find((one) => system.includes(`You are ${one}.`))
    return answers[name ?? 'coordinator'] ?? { status: 500 }
  }
}

describe('orchestrations', () => {
  it('are created, read, replaced, listed and deleted', async () => {
    const id = await createOrchestration('sequential', ['Researcher', 'Writer'])
    const read = await ask('GET', `/api/orchestrations/${id}`)
    expect(read.body).toMatchObject({
      id,
      name: 'Team',
      strategy: 'sequential',
      entities: [{ position: 0 }, { position: 1 }],
    })
    const replaced = await ask('PUT', `/api/orchestrations/${id}`, { name: 'Crew', strategy: 'parallel' })
    expect(replaced.body).toMatchObject({ ok: true, name: 'Crew', strategy: 'parallel', entities: [{}, {}] })
    expect((await ask('GET', '/api/orchestrations')).body['orchestrations']?.[0]).toMatchObject({ id })
    expect((await ask('DELETE', `/api/orchestrations/${id}`)).status).toBe(204)
    expect((await ask('GET', `/api/orchestrations/${id}`)).status).toBe(404)
  })

  it('have members that can be moved, replaced and taken out', async () => {
    const id = await createOrchestration('sequential', ['Researcher', 'Writer'])
    const path = `/api/orchestrations/${id}/entities`
    const list = (await ask('GET', path)).body['entities'] as unknown as { id: string; entity_ref_id: string }[]
    const [first, second] = list
    const moved = { entity_ref_id: first?.entity_ref_id, role_description: 'comes last', position: 9 }
    expect((await ask('PUT', `${path}/${first?.id}`, moved)).body).toMatchObject({ ok: true, position: 9 })
    expect((await ask('GET', path)).body['entities']).toMatchObject([{ id: second?.id }, { id: first?.id }])
    expect((await ask('DELETE', `${path}/${second?.id}`)).status).toBe(204)
    expect((await ask('DELETE', `${path}/${second?.id}`)).status).toBe(404)
    const stranger = await ask('POST', path, { entity_ref_id: randomUUID() })
    expect([stranger.status, stranger.body['issues']?.[0]?.['path']]).toEqual([400, 'entity_ref_id'])
  })

  it.each([
    [{ name: 'x', strategy: 'chaos' }, 'strategy'],
    [{ strategy: 'parallel' }, 'name'],
  ])('are refused when they could not work: %j', async (body, path) => {
    const reply = await ask('POST', '/api/orchestrations', body)
    expect([reply.status, reply.body['issues']?.[0]?.['path']]).toEqual([400, path])
  })
})

describe('a sequential run', () => {
  it('hands each agent what the one before made, and answers with the last', async () => {
    const id = await createOrchestration('sequential', ['Researcher', 'Writer'])
    models.script(byAgent({ Researcher: { text: 'Facts about rain' }, Writer: { text: 'A poem' } }))
    const reply = await run(id)
    expect(reply.body).toMatchObject({
      status: 'completed',
      output: 'A poem',
      steps: [
        { index: 0, agent_name: 'Researcher', status: 'completed', output: 'Facts about rain' },
        { index: 1, agent_name: 'Writer', status: 'completed', output: 'A poem' },
      ],
      usage: { total_tokens: 30 },
    })
    const second = JSON.stringify(models.calls[1]?.body['messages'])
    for (const part of ['does Writer work', 'Write about rain', 'Facts about rain']) expect(second).toContain(part)
  })

  it('fails with the agent that fails, and asks no further one', async () => {
    const id = await createOrchestration('sequential', ['Researcher', 'Writer'])
    models.script(byAgent({ Researcher: { status: 400, error: 'asleep' }, Writer: { text: 'A poem' } }))
    const reply = await run(id)
    expect([reply.status, reply.body['error_code']]).toEqual([500, 'EXECUTION_FAILED'])
    expect(reply.body['error']).toMatch(/Agent Researcher: .*asleep/)
    expect(models.calls.length).toBe(1)
  })
})

describe('a parallel run', () => {
  it.each([
    ['join', '## One\n\nfirst\n\n## Two\n\nsecond'],
    [
      'list',
      [
        { agent: 'One', output: 'first' },
        { agent: 'Two', output: 'second' },
      ],
    ],
    ['model', 'merged'],
  ])('asks all at once and merges their answers by %s', async (merge, output) => {
    const id = await createOrchestration('parallel', ['One', 'Two'], { merge })
    models.script(byAgent({ One: { text: 'first' }, Two: { text: 'second' }, coordinator: { text: 'merged' } }))
    expect((await run(id)).body['output']).toEqual(output)
  })

  it('ends the others when one fails', async () => {
    const id = await createOrchestration('parallel', ['One', 'Two'])
    const answers = byAgent({ One: { hang: 'midway' }, Two: { status: 400, error: 'asleep' } })
    models.script(async (call) => {
      // The one that fails does so once both are at work.
      await models.call(1)
      return answers(call)
    })
    expect((await run(id)).body['error']).toContain('asleep')
    const other = models.calls.find((call) => JSON.stringify(call.body).includes('You are One.'))
    await other?.left
  })
})

describe('a supervised run', () => {
  it('lets a coordinator delegate by tools and answer', async () => {
    const id = await createOrchestration('supervisor', ['Researcher', 'Writer'], { instructions: 'Rhyme.' })
    let rounds = 0
    const turns: Turn[] = [
      { calls: [{ name: 'delegate_to_Researcher', input: { task: 'Find facts' } }] },
      { calls: [{ name: 'delegate_to_Writer', input: { task: 'Write it' } }] },
      { text: 'Here is your poem.' },
    ]
    const members = byAgent({ Researcher: { text: 'Facts' }, Writer: { text: 'A poem' } })
    models.script((call) => {
      const isCoordinator = JSON.stringify(call.body).includes('You coordinate agents')
      return isCoordinator ? (turns[rounds++] ?? { status: 500 }) : members(call)
    })
    const frames = framesOf(await ask('POST', `/api/orchestrations/${id}/run/stream`, { message: 'A poem, please' }))
    const types = frames.map((frame) => String(frame['type'])).filter((type) => !type.includes('chunk'))
    expect(types).toEqual(['run_start', 'step_start', 'step_end', 'step_start', 'step_end', 'done'])
    expect(frames.at(-1)).toMatchObject({
      status: 'completed',
      output: 'Here is your poem.',
      steps: [
        { agent_name: 'Researcher', input: 'Find facts' },
        { agent_name: 'Writer', output: 'A poem' },
      ],
      usage: { total_tokens: 75 },
    })
    expect(JSON.stringify(models.calls[0]?.body)).toContain('Rhyme.')
  })

  it('ends at its round limit', async () => {
    const id = await createOrchestration('supervisor', ['Researcher'], { max_rounds: 2 })
    const delegating: Turn = { calls: [{ name: 'delegate_to_Researcher', input: { task: 'More' } }] }
    models.script(byAgent({ Researcher: { text: 'Facts' }, coordinator: delegating }))
    expect((await run(id)).body['error']).toContain('after 2 steps')
  })
})

describe('an orchestration block', () => {
  async function workflowWith(orchestration_id: string): Promise<string> {
    const { body } = await ask('POST', '/api/workflows', { name: 'w' })
    await ask('PUT', `/api/workflows/${String(body['id'])}/graph`, {
      blocks: [
        { id: 'start', type: 'starter' },
        { id: 'team', type: 'orchestration', config: { orchestration_id, message: 'About {{variables.topic}}' } },
        { id: 'reply', type: 'response', config: {} },
      ],
      edges: [
        { source: 'start', target: 'team' },
        { source: 'team', target: 'reply' },
      ],
    })
    return String(body['id'])
  }

  it('runs it and hands on output, status, steps and usage', async () => {
    const id = await workflowWith(await createOrchestration('sequential', ['Writer']))
    models.script({ text: 'A poem' })
    const reply = await ask('POST', `/api/workflows/${id}/execute`, { variables: { topic: 'rain' } })
    expect(reply.body['output']).toBe('A poem')
    expect(reply.body['block_outputs']?.['team']).toMatchObject({
      status: 'completed',
      steps: [{ agent_name: 'Writer', input: 'About rain', output: 'A poem' }],
      usage: { total_tokens: 15 },
    })
  })

  it('tells whoever watches what its members do', async () => {
    const id = await workflowWith(await createOrchestration('sequential', ['Writer', 'Editor']))
    models.script({ text: 'A poem' }, { text: 'A better poem' })
    const frames = framesOf(await ask('POST', `/api/workflows/${id}/execute/stream`, {}))
    const steps = frames.flatMap((frame) => (String(frame['type']) === 'block_step' ? [frame['step']] : []))
    const members = steps.filter((step) => String(step?.['kind']) === 'member').map((step) => step?.['member'])
    expect(members).toMatchObject([
      { agent_name: 'Writer', status: 'running' },
      { agent_name: 'Writer', status: 'completed', output: 'A poem' },
      { agent_name: 'Editor', status: 'running' },
      { agent_name: 'Editor', status: 'completed', output: 'A better poem' },
    ])
    const said = steps.filter((step) => String(step?.['kind']) === 'member_text' && String(step?.['index']) === '1')
    expect(said.map((step) => step?.['chunk']).join('')).toBe('A better poem')
  })

  it('fails with it', async () => {
    const id = await workflowWith(await createOrchestration('sequential', ['Writer']))
    models.script({ status: 400, error: 'asleep' })
    const reply = await ask('POST', `/api/workflows/${id}/execute`, {})
    expect([reply.status, reply.body['failed_block']]).toEqual([500, 'team'])
    const unknown = await ask('POST', `/api/workflows/${await workflowWith(randomUUID())}/execute`, {})
    expect(unknown.body['error']).toContain('There is no orchestration')
  })

  it('is refused before it runs when an agent’s model has no provider', async () => {
    await ask('DELETE', '/api/settings/providers/local')
    const id = await workflowWith(await createOrchestration('sequential', ['Writer']))
    const reply = await ask('POST', `/api/workflows/${id}/execute`, {})
    expect([reply.status, reply.body['error_code'], reply.body['block']]).toEqual([400, 'MODEL_NOT_CONFIGURED', 'team'])
  })
})
