import { expect, it } from 'vitest'
import type { ToolCall } from '../contract/agent-runs'
import { applyAgentEvents, endTurn, newTurn, turnsOfMessages } from './agent-turns'

const call: ToolCall = { id: 'c', name: 'add', input: { a: 1 }, output: null, error: null, duration_ms: 0 }
const usage = { input_tokens: 1, output_tokens: 2, total_tokens: 3, cost: null }

it('shows the text as it comes and a tool from its start to its end', () => {
  const begun = applyAgentEvents(newTurn('Add'), [
    { type: 'run_start', session_id: 's' },
    { type: 'chunk', chunk: 'Let ' },
    { type: 'chunk', chunk: 'me' },
    { type: 'tool_start', tool_call: call },
  ])
  expect(begun).toMatchObject({ status: 'running', text: 'Let me', toolCalls: [{ name: 'add', isRunning: true }] })
  const ended = applyAgentEvents(begun, [{ type: 'tool_end', tool_call: { ...call, output: 3, duration_ms: 4 } }])
  expect(ended.toolCalls).toMatchObject([{ output: 3, isRunning: false }])
})

it('ends with the answer, laid out when it is structured, and with what it used', () => {
  const done = { run_id: 'r', session_id: 's', status: 'completed', model: 'p/m', usage, tool_calls: [call] } as const
  const [text, object] = ['Three', { sum: 3 }].map((output) =>
    applyAgentEvents(newTurn('Add'), [{ type: 'done', ...done, output, tool_calls: [call] }]),
  )
  expect(text).toMatchObject({ status: 'completed', text: 'Three', model: 'p/m', usage })
  expect(object?.text).toBe('{\n  "sum": 3\n}')
})

it('keeps what there was when it is stopped, and a failure that was told when the line breaks', () => {
  const begun = applyAgentEvents(newTurn('Add'), [
    { type: 'chunk', chunk: 'Let' },
    { type: 'tool_start', tool_call: call },
  ])
  const stopped = endTurn(begun, { status: 'stopped', error: null })
  expect(stopped).toMatchObject({ status: 'stopped', text: 'Let', toolCalls: [{ isRunning: false }] })
  const failed = applyAgentEvents(begun, [{ type: 'error', error: 'No provider', error_code: 'X' }])
  expect(endTurn(failed, { status: 'failed', error: 'broken off' }).error).toBe('No provider')
})

it('reads a stored conversation', () => {
  const said = { run_id: null, model: null, usage: null, tool_calls: [], created_at: '' }
  expect(
    turnsOfMessages([
      { ...said, role: 'user', content: 'Add' },
      { ...said, role: 'assistant', content: 'Three', model: 'p/m', usage, tool_calls: [call] },
      { ...said, role: 'user', content: 'And?' },
    ]),
  ).toMatchObject([
    { question: 'Add', text: 'Three', status: 'completed', usage, toolCalls: [{ name: 'add' }] },
    { question: 'And?', text: '' },
  ])
})
