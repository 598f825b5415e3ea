import { expect, it } from 'vitest'
import type { OrchestrationStep } from '../contract/orchestrations'
import { applyOrchestrationEvents, endOrchestrationTurn, newOrchestrationTurn } from './orchestration-turns'

const step: OrchestrationStep = {
  index: 0,
  agent_id: 'a',
  agent_name: 'Writer',
  role: 'writes',
  status: 'running',
  input: 'Plan',
  output: null,
  error: null,
  run_id: null,
  duration_ms: 0,
}
const begun = applyOrchestrationEvents(newOrchestrationTurn('Plan'), [
  { type: 'run_start', orchestration_id: 'o', strategy: 'sequential' },
  { type: 'step_start', step },
  { type: 'step_start', step: { ...step, index: 1, agent_name: 'Editor' } },
  { type: 'step_chunk', index: 1, chunk: 'Dra' },
  { type: 'step_chunk', index: 1, chunk: 'ft' },
])

it('shows the steps side by side, each with its text as it comes', () => {
  expect(begun.steps).toMatchObject([
    { agent_name: 'Writer', text: '', status: 'running' },
    { agent_name: 'Editor', text: 'Draft', status: 'running' },
  ])
})

it('ends a step with what it gave, and the run with its answer', () => {
  const usage = { input_tokens: 1, output_tokens: 2, total_tokens: 3, cost: null }
  const ended: OrchestrationStep = { ...step, status: 'completed', output: { a: 1 }, duration_ms: 5 }
  const after = applyOrchestrationEvents(begun, [
    { type: 'step_end', step: ended },
    { type: 'chunk', chunk: 'All' },
    { type: 'done', status: 'completed', output: 'All done', steps: [ended], usage },
  ])
  expect(after).toMatchObject({ status: 'completed', text: 'All done', usage })
  expect(after.steps[0]).toMatchObject({ status: 'completed', text: '{\n  "a": 1\n}' })
})

it('keeps what a failed step had said, and ends those that ran when it is stopped', () => {
  const failed = applyOrchestrationEvents(begun, [
    { type: 'step_end', step: { ...step, index: 1, status: 'failed', error: 'No model' } },
  ])
  expect(failed.steps[1]).toMatchObject({ text: 'Draft', error: 'No model' })
  const stopped = endOrchestrationTurn(begun, { status: 'stopped', error: null })
  expect(stopped.steps.map(({ status }) => status)).toEqual(['failed', 'failed'])
})
