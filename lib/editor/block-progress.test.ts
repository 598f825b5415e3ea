import { expect, it } from 'vitest'
import type { OrchestrationStep } from '../contract/orchestrations'
import { readAgentData } from './agent-data'
import { applyBlockStep, noProgress } from './block-progress'

const call = { id: 'c', name: 'add', input: { a: 1 }, output: null, error: null, duration_ms: 0 }
const usage = { input_tokens: 1, output_tokens: 2, total_tokens: 3, cost: 0.1 }
const member: OrchestrationStep = {
  index: 0,
  agent_id: 'a',
  agent_name: 'Writer',
  role: '',
  status: 'running',
  input: 'Plan',
  output: null,
  error: null,
  run_id: null,
  duration_ms: 0,
}

it('a running block shows a tool from its start to its end', () => {
  const begun = applyBlockStep(noProgress, { kind: 'tool', tool_call: call, is_running: true })
  expect(begun.toolCalls).toMatchObject([{ name: 'add', isRunning: true }])
  const ended = applyBlockStep(begun, { kind: 'tool', tool_call: { ...call, output: 3 }, is_running: false })
  expect(ended.toolCalls).toMatchObject([{ output: 3, isRunning: false }])
})

it('a running block shows its members with what they say', () => {
  const begun = applyBlockStep(noProgress, { kind: 'member', member })
  const said = applyBlockStep(begun, { kind: 'member_text', index: 0, chunk: 'Dra' })
  expect(said.steps).toMatchObject([{ agent_name: 'Writer', text: 'Dra', status: 'running' }])
  const ended = applyBlockStep(said, { kind: 'member', member: { ...member, status: 'completed', output: 'Draft' } })
  expect(ended.steps).toMatchObject([{ text: 'Draft', status: 'completed' }])
})

it('usage, tool calls and members are read from the data of any block that has them', () => {
  const agent = { output: 'x', model: 'p/m', usage, tool_calls: [call], agent_run_id: 'r' }
  expect(readAgentData(agent)).toMatchObject({ model: 'p/m', usage, toolCalls: [{ name: 'add' }], steps: [] })
  const orchestration = {
    output: 'x',
    status: 'completed',
    usage,
    steps: [{ ...member, output: 'Draft', status: 'completed' }],
  }
  expect(readAgentData(orchestration)).toMatchObject({ model: null, toolCalls: [], steps: [{ text: 'Draft' }] })
})

it.each([[null], ['text'], [{ output: 1 }], [{ usage: 'much' }], [{ usage, tool_calls: [{ name: 1 }] }]])(
  'other data tells of no models: %j',
  (data) => {
    expect(readAgentData(data)).toBeNull()
  },
)
