import { afterAll, beforeAll, expect, it } from 'vitest'
import { evaluate } from '@/bench/copilot/evaluate.mjs'
import requests from '@/bench/copilot/requests.json'
import { useTestApp } from '@/test/app'
import { startModelServer, type ModelCall, type ModelServer, type Turn } from '@/test/model-server'

const { ask } = useTestApp({ SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' })
let models: ModelServer
beforeAll(async () => {
  models = await startModelServer()
  await ask('PUT', '/api/settings/secrets/CHAT_TOKEN', { value: 'a token for the chat' })
  const provider = { kind: 'openai_compatible', base_url: models.url, default_model: 'test-model' }
  await ask('PUT', '/api/settings/providers/local', provider)
})
afterAll(() => models.close())

/** Many runs on a machine that may be busy. */
const timeoutMs = 120_000

/** A model that proposes what `answerOf` says of the request, then says that it is done. */
function proposing(answerOf: (request: (typeof requests)[number]) => unknown): (call: ModelCall) => Turn {
  return ({ body }) => {
    // The OpenAI chat API's messages.
    const messages = body['messages'] as { role: string; content: string }[]
    const asked = messages.find(({ role }) => role === 'user')?.content
    const request = requests.find((one) => one.ask === asked)
    if (!request || messages.some(({ role }) => role === 'tool')) return { text: 'Done.' }
    return { calls: [{ name: 'propose', input: answerOf(request) }] }
  }
}

it(
  'a model that answers all 25 requests rightly passes them all',
  async () => {
    models.script(proposing(({ solution }) => solution))
    const results = await Promise.all(requests.map((request) => evaluate(ask, request)))
    expect(results.filter(({ passed }) => !passed)).toEqual([])
    expect(results).toHaveLength(25)
  },
  timeoutMs,
)

it(
  'a model that answers something else passes none',
  async () => {
    const nothingUseful = { add_blocks: [{ id: 'alone', type: 'split' }] }
    models.script(proposing(() => nothingUseful))
    const results = await Promise.all(requests.map((request) => evaluate(ask, request)))
    expect(results.filter(({ passed }) => passed)).toEqual([])
  },
  timeoutMs,
)
