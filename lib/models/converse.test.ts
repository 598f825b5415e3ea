import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startModelServer, type ModelServer } from '@/test/model-server'
import { BlockError } from '../blocks/contract'
import type { ProviderKind } from '../contract/providers'
import { createGuardedStream } from '../outbound/guarded-stream'
import { newRecord, type Conversation } from './converse'
import { createModels, type Models } from './models'
import type { ChosenModel, Provider } from './provider'
import type { AgentTool } from './tool-set'

let server: ModelServer
let models: Models
const waits: number[] = []
beforeAll(async () => {
  server = await startModelServer()
  models = createModels({
    readProviders: () => Promise.resolve([]),
    stream: createGuardedStream({ allowPrivateHosts: ['127.0.0.1'] }),
    wait: (ms) => Promise.resolve(void waits.push(ms)),
    random: () => 0.5,
  })
})
afterAll(() => server.close())

const key = 'sk-very-secret-key'

function chosen(kind: ProviderKind = 'openai_compatible', more: Partial<Provider> = {}): ChosenModel {
  const provider: Provider = {
    name: kind,
    kind,
    baseUrl: server.url,
    apiKey: key,
    defaultModel: null,
    isDefault: false,
    models: {},
    source: 'settings',
    ...more,
  }
  return { provider, modelId: 'm' }
}

function conversation(more: Partial<Conversation> = {}): Conversation {
  return {
    system: 'Be brief.',
    messages: [{ role: 'user', content: 'Hello' }],
    tools: [],
    temperature: null,
    maxOutputTokens: null,
    outputSchema: null,
    maxSteps: 5,
    tokenBudget: null,
    signal: new AbortController().signal,
    onText: () => undefined,
    onToolCall: () => undefined,
    record: newRecord(),
    ...more,
  }
}

const add: AgentTool = {
  name: 'add',
  description: 'Adds two numbers',
  inputSchema: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } }, required: ['a', 'b'] },
  run: (input) => Promise.resolve(Number(input['a']) + Number(input['b'])),
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(BlockError)
  return error instanceof BlockError ? error.message : ''
}

describe('an answer', () => {
  it.each(['openai', 'openai_compatible', 'anthropic', 'google'] as const)(
    'arrives bit by bit from a provider of the kind %s, with its usage',
    async (kind) => {
      server.script({ text: 'Tides rise and fall.', usage: [7, 4] })
      const said: string[] = []
      const talk = conversation({ onText: (text) => said.push(text), temperature: 0.5, maxOutputTokens: 50 })
      const answer = await models.converse(chosen(kind), talk)
      expect(answer).toEqual({ output: 'Tides rise and fall.', text: 'Tides rise and fall.' })
      expect(said.join('')).toBe('Tides rise and fall.')
      expect(talk.record.usage).toEqual({ input_tokens: 7, output_tokens: 4, total_tokens: 11, cost: null })
      const [call] = server.calls
      expect(JSON.stringify(call?.headers)).toContain(key)
      expect(JSON.stringify(call?.body)).toContain('Be brief.')
    },
  )

  it.each(['openai_compatible', 'anthropic'] as const)(
    'is without what a model of the kind %s thought before it, which is told apart',
    async (kind) => {
      const thoughts = 'The moon pulls. So they rise.'
      server.script(
        { reasoning: 'I add. ', calls: [{ name: 'add', input: { a: 1, b: 2 } }] },
        { reasoning: thoughts, text: 'Tides rise and fall.' },
      )
      const [said, thought]: [string[], string[]] = [[], []]
      const heard = { onText: (text: string) => said.push(text), onReasoning: (text: string) => thought.push(text) }
      const talk = conversation({ ...heard, tools: [add] })
      const answer = await models.converse(chosen(kind), talk)
      expect(answer).toEqual({ output: 'Tides rise and fall.', text: 'Tides rise and fall.' })
      expect(said.join('')).toBe('Tides rise and fall.')
      expect(thought.join('')).toBe(`I add. ${thoughts}`)
      expect(talk.record.toolCalls).toMatchObject([{ name: 'add', output: 3 }])
      // Whoever does not listen for thoughts gets none of them.
      server.script({ reasoning: thoughts, text: 'Tides rise and fall.' })
      expect((await models.converse(chosen(kind), conversation())).text).toBe('Tides rise and fall.')
    },
  )

  it('costs what the prices of its model say', async () => {
    server.script({ text: 'ok', usage: [1_000, 500] })
    const talk = conversation()
    await models.converse(chosen('openai', { models: { m: { input_price: 2, output_price: 8 } } }), talk)
    expect(talk.record.usage.cost).toBeCloseTo(0.006)
  })

  it('is asked for within the token limit of its model', async () => {
    server.script({ text: 'ok' })
    const limited = chosen('openai_compatible', { models: { m: { max_output_tokens: 30 } } })
    await models.converse(limited, conversation({ maxOutputTokens: 100 }))
    expect(server.calls[0]?.body['max_tokens']).toBe(30)
  })

  it('is a value when a schema asks for one, fenced or not', async () => {
    const outputSchema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] }
    for (const text of ['{"title": "Tides"}', '```json\n{"title": "Tides"}\n```']) {
      server.script({ text })
      const answer = await models.converse(chosen(), conversation({ outputSchema }))
      expect(answer.output).toEqual({ title: 'Tides' })
      expect(server.calls[0]?.body['response_format']).toMatchObject({ type: 'json_schema' })
    }
  })

  it.each([
    ['{"title": 5}', 'does not fit output_schema at title'],
    ['Tides', 'did not answer with JSON'],
  ])('that does not fit its schema is a failure: %s', async (text, reason) => {
    server.script({ text })
    const outputSchema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] }
    expect(await failureOf(models.converse(chosen(), conversation({ outputSchema })))).toContain(reason)
  })
})

describe('tools', () => {
  it.each(['openai', 'openai_compatible', 'anthropic', 'google'] as const)(
    'are run for a provider of the kind %s, recorded, and their results sent back',
    async (kind) => {
      server.script({ calls: [{ name: 'add', input: { a: 2, b: 3 } }] }, { text: 'It is 5.' })
      const talk = conversation({ tools: [add] })
      const answer = await models.converse(chosen(kind), talk)
      expect(answer.text).toBe('It is 5.')
      expect(talk.record.toolCalls).toMatchObject([{ name: 'add', input: { a: 2, b: 3 }, output: 5, error: null }])
      expect(talk.record.usage.total_tokens).toBe(30)
      expect(JSON.stringify(server.calls[1]?.body)).toMatch(/5/)
    },
  )

  it('tell the model of their failures, which may then go on', async () => {
    const broken: AgentTool = { ...add, run: () => Promise.reject(new Error('the adder is on strike')) }
    server.script(
      { calls: [{ name: 'add', input: { a: 1, b: 1 } }] },
      { calls: [{ name: 'add', input: { a: 'x' } }] },
      { calls: [{ name: 'launch_rockets', input: {} }] },
      { text: 'I cannot.' },
    )
    const talk = conversation({ tools: [broken] })
    expect((await models.converse(chosen(), talk)).text).toBe('I cannot.')
    expect(talk.record.toolCalls.map(({ name, error }) => [name, error !== null])).toEqual([
      ['add', true],
      ['add', true],
      ['launch_rockets', true],
    ])
    expect(JSON.stringify(server.calls[1]?.body)).toContain('on strike')
  })

  it('end at the step limit, as a failure that keeps what was done', async () => {
    server.script({ calls: [{ name: 'add', input: { a: 1, b: 1 } }] })
    const talk = conversation({ tools: [add], maxSteps: 3 })
    expect(await failureOf(models.converse(chosen(), talk))).toContain('after 3 steps (max_steps)')
    expect([server.calls.length, talk.record.toolCalls.length]).toEqual([3, 3])
  })

  it('end at the token budget', async () => {
    server.script({ calls: [{ name: 'add', input: { a: 1, b: 1 } }] })
    const talk = conversation({ tools: [add], tokenBudget: 25 })
    expect(await failureOf(models.converse(chosen(), talk))).toContain('the budget is 25 (token_budget)')
    expect(server.calls.length).toBe(2)
  })
})

describe('a call that fails', () => {
  it('is tried again after 429 and 500, as long as Retry-After or growing pauses say', async () => {
    waits.length = 0
    server.script(
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 500 },
      { status: 503, headers: { 'retry-after-ms': '3' } },
      { text: 'At last' },
    )
    expect((await models.converse(chosen(), conversation())).text).toBe('At last')
    expect(waits).toEqual([7_000, 1_000, 3])
  })

  it('is not tried again for ever, nor when that cannot help', async () => {
    server.script({ status: 500, error: 'overheated' })
    expect(await failureOf(models.converse(chosen(), conversation()))).toBe(
      'openai_compatible/m answered 500: overheated',
    )
    expect(server.calls.length).toBe(4)
    server.script({ status: 429, headers: { 'retry-after': '3600' }, error: 'come back tomorrow' })
    expect(await failureOf(models.converse(chosen(), conversation()))).toContain('come back tomorrow')
    expect(server.calls.length).toBe(1)
    server.script({ status: 401, error: `Incorrect API key provided: ${key}` })
    const failure = await failureOf(models.converse(chosen(), conversation()))
    expect(failure).toBe('openai_compatible/m answered 401: Incorrect API key provided: [redacted]')
    expect(server.calls.length).toBe(1)
  })

  it.each([
    ['data: not json at all\n\n', 'text/event-stream'],
    ['<html>A proxy says hello</html>', 'text/html'],
    ['', 'text/event-stream'],
  ])('says that garbage is no answer: %j', async (garbage, type) => {
    server.script({ garbage, type })
    expect(await failureOf(models.converse(chosen(), conversation()))).toContain('gave no usable answer')
  })

  it('does not hand half an answer on as a whole one', async () => {
    server.script({ breakOff: true })
    expect(await failureOf(models.converse(chosen(), conversation()))).toMatch(/^openai_compatible\/m /)
    server.script({ text: '', finish: 'content_filter' })
    expect(await failureOf(models.converse(chosen(), conversation()))).toContain('content filter')
  })

  it.each(['before the head', 'midway'] as const)('ends when the model goes silent %s', async (hang) => {
    server.script({ hang })
    const impatient = chosen('openai_compatible', { models: { m: { timeout_ms: 50 } } })
    expect(await failureOf(models.converse(impatient, conversation()))).toContain(
      'did not answer completely within 50 ms',
    )
    await server.calls[0]?.left
  })

  it('ends with its signal: the provider sees the connection close', async () => {
    server.script({ hang: 'midway' })
    const controller = new AbortController()
    const work = models.converse(chosen(), conversation({ signal: controller.signal }))
    const call = await server.call(0)
    controller.abort(new Error('cancelled by a person'))
    await expect(work).rejects.toThrow('cancelled by a person')
    await call.left
  })
})

describe('attack 30: model calls leave through the guard', () => {
  it.each(['openai', 'openai_compatible', 'anthropic', 'google'] as const)(
    'a private address of a provider of the kind %s is refused, and the refusal names the setting',
    async (kind) => {
      server.script({ text: 'reached' })
      const guarded = createModels({
        readProviders: () => Promise.resolve([]),
        stream: createGuardedStream({ allowPrivateHosts: [] }),
      })
      const failure = await failureOf(guarded.converse(chosen(kind), conversation()))
      expect(failure).toMatch(/loopback address.*SLUICE_ALLOW_PRIVATE_HOSTS/)
      expect(server.calls.length).toBe(0)
    },
  )
})
