import { expect, it } from 'vitest'
import { noUsage } from '../../contract/agent-runs'
import type { AgentRequest } from '../contract'
import { fakeContext } from '../testing'
import { agent } from './definition'
import { run } from './run'

async function ask(config: object): Promise<AgentRequest> {
  let asked: AgentRequest | undefined
  const context = fakeContext({
    runAgent(request) {
      asked = request
      return Promise.resolve({ output: 'An answer', model: 'p/m', usage: noUsage(), toolCalls: [], runId: 'run' })
    },
  })
  const data = await run(agent.config.parse(config), context)
  expect(data).toMatchObject({ output: 'An answer', model: 'p/m', tool_calls: [], usage: { total_tokens: 0 } })
  return asked!
}

it.each([
  [{ input: 'A', messages: ['B'], prompt: 'C' }, ['A']],
  [{ input: ' ', messages: ['B'], prompt: 'C' }, ['B']],
  [{ input: '', prompt: 'C', message: 'D' }, ['C']],
  [{ message: 'D' }, ['D']],
  [{ input: { topic: 'tides' } }, ['{"topic":"tides"}']],
  [{ messages: '[{"role": "assistant", "content": "A"}, {"role": "user", "content": "B"}]' }, ['A', 'B']],
])('takes its prompt from input, else messages, prompt, message: %j', async (config, said) => {
  expect((await ask(config)).messages.map(({ content }) => content)).toEqual(said)
})

it('hands its settings on; what is blank stays open', async () => {
  const schema = { type: 'object' }
  expect(
    await ask({
      input: 'A',
      model: 'm',
      system_prompt: 'Be brief',
      messages: [],
      temperature: '0.2',
      max_tokens: 9,
      tools: '[]',
      output_schema: JSON.stringify(schema),
    }),
  ).toMatchObject({
    agentId: null,
    model: 'm',
    systemPrompt: 'Be brief',
    temperature: 0.2,
    maxTokens: 9,
    tools: [],
    outputSchema: schema,
  })
  expect(await ask({ input: 'A', agent_id: ' x ', model: '', system_prompt: '' })).toMatchObject({
    agentId: 'x',
    model: null,
    systemPrompt: null,
    temperature: null,
    outputSchema: null,
  })
})

it('puts what system messages say before everything else', async () => {
  const messages = [
    { role: 'system', content: 'Rhyme' },
    { role: 'user', content: 'Hello' },
  ]
  expect(await ask({ system_prompt: 'Be brief', messages })).toMatchObject({
    systemPrompt: 'Be brief\n\nRhyme',
    messages: [{ role: 'user', content: 'Hello' }],
  })
})

it.each([
  [{}, 'no prompt'],
  [{ input: 'A', tools: '{' }, 'config.tools is not valid JSON'],
  [{ input: 'A', output_schema: '[]' }, 'config.output_schema must be an object'],
  [{ messages: [{ role: 'tool', content: 'x' }] }, 'config.messages.0.role'],
])('fails on %j', async (config, reason) => {
  await expect(ask(config)).rejects.toThrow(reason)
})

it('warns while drafted without a prompt in any of its places', () => {
  expect(agent.check({})).toMatchObject([{ code: 'config_missing', severity: 'warning', path: 'config.input' }])
  for (const key of ['input', 'messages', 'prompt', 'message']) expect(agent.check({ [key]: 'Sum it up' })).toEqual([])
})

it('attack 38: its tools are never resolved from data', () => {
  expect(agent.boundFields).toContain('tools')
})
