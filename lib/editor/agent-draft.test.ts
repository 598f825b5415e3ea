import { expect, it } from 'vitest'
import { updateAgentBody, type AgentItem } from '../contract/agents'
import { bodyOfDraft, draftOfAgent, newTool } from './agent-draft'

const agent: AgentItem = {
  id: '01980000-0000-7000-8000-000000000001',
  name: 'Helper',
  description: 'Helps',
  model: null,
  system_prompt: 'Be brief',
  settings: { temperature: 0.2, max_steps: 4, output_schema: { type: 'object' }, colour: 'blue' },
  tools: [
    {
      type: 'http',
      name: 'weather',
      description: 'Weather of a city',
      method: 'GET',
      url: 'https://example.com/{city}',
      headers: { authorization: '{{secrets.KEY}}' },
      input_schema: { type: 'object', properties: { city: { type: 'string' } } },
    },
    {
      type: 'code',
      name: 'add',
      description: '',
      language: 'javascript',
      code: 'return a + b',
      input_schema: { type: 'object', properties: {} },
      timeout_ms: 500,
    },
    { type: 'workflow', workflow_id: '01980000-0000-7000-8000-000000000002' },
    { type: 'mcp', url: 'https://example.com/mcp', headers: {}, allow: ['search'] },
  ],
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
}

it('an agent that is not touched is saved as it was, with the settings that no field shows', () => {
  const body = updateAgentBody.parse(bodyOfDraft(draftOfAgent(agent)))
  expect(body).toMatchObject({ name: 'Helper', model: null, settings: agent.settings })
  expect(JSON.parse(JSON.stringify(body.tools))).toEqual(agent.tools)
})

it('what is emptied becomes absent', () => {
  const draft = { ...draftOfAgent(agent), temperature: ' ', outputSchema: '', model: ' gpt-5 ' }
  expect(bodyOfDraft(draft)).toMatchObject({ model: 'gpt-5', settings: { temperature: null, output_schema: null } })
})

it.each([
  ['a schema that is no JSON', { outputSchema: '{' }, 'The answer’s schema has to be a JSON object'],
  ['a schema that is a list', { outputSchema: '[]' }, 'The answer’s schema has to be a JSON object'],
  ['a number that is none', { maxSteps: 'many' }, 'Step limit has to be a number'],
  [
    'a tool without a schema',
    { tools: [{ ...newTool('code', 0), name: 'sum', inputSchema: '' }] },
    'The input schema of sum has to be a JSON object',
  ],
])('%s is named before anything is sent', (_what, change, message) => {
  expect(() => bodyOfDraft({ ...draftOfAgent(agent), ...change })).toThrow(message)
})
