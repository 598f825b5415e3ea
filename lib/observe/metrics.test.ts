import { afterEach, beforeEach, expect, it } from 'vitest'
import { openMetrics, type Metrics, type MetricSources } from './metrics'

const end = { error: null, errorCode: null, failedBlock: null }
const started = { id: 'e', workflowId: 'w', version: 1, caller: null }
const sources: MetricSources = {
  runningExecutions: () => 4,
  queue: () => Promise.resolve({ waiting: 7, oldestSeconds: 1.5 }),
  sandboxes: () => ({ javascript: { busy: 1, idle: 2, starting: 0, waiting: 3 } }),
  databasePool: () => ({ total: 5, idle: 3, waiting: 6 }),
}
let metrics: Metrics

beforeEach(() => {
  metrics = openMetrics(sources)
})
afterEach(() => {
  metrics.close()
})

async function valueOf(line: string): Promise<number> {
  const { text } = await metrics.read()
  const found = text.split('\n').find((candidate) => candidate.startsWith(`${line} `))
  return Number(found?.slice(line.length + 1))
}

it('counts executions by status and trigger', async () => {
  for (const status of ['completed', 'completed', 'failed'] as const)
    metrics.observer.executionStarted({ ...started, trigger: 'webhook' }).ended({ ...end, status })
  expect(await valueOf('sluice_executions_total{status="completed",trigger="webhook"}')).toBe(2)
  expect(await valueOf('sluice_executions_total{status="failed",trigger="webhook"}')).toBe(1)
  expect(await valueOf('sluice_execution_duration_seconds_count{trigger="webhook"}')).toBe(3)
})

it('sorts the durations of blocks by type and result', async () => {
  const execution = metrics.observer.executionStarted({ ...started, trigger: 'manual' })
  for (const durationMs of [4, 200]) {
    const block = execution.blockStarted({ id: 'b', type: 'code', name: '' })
    block.ended({ durationMs, attempts: 1, error: null })
  }
  execution.blockStarted({ id: 'c', type: 'code', name: '' }).ended({ durationMs: 1, attempts: 3, error: 'no' })
  const bucket = (le: string, result: string) =>
    valueOf(`sluice_block_duration_seconds_bucket{le="${le}",type="code",result="${result}"}`)
  expect([await bucket('0.005', 'success'), await bucket('0.25', 'success'), await bucket('0.001', 'error')]).toEqual([
    1, 2, 1,
  ])
})

it.each([
  ['sluice_executions_running', 4],
  ['sluice_queue_waiting', 7],
  ['sluice_queue_oldest_seconds', 1.5],
  ['sluice_sandbox_workers{language="javascript",state="idle"}', 2],
  ['sluice_sandbox_waiting{language="javascript"}', 3],
  ['sluice_database_connections{state="busy"}', 2],
  ['sluice_database_waiting', 6],
])('shows %s as it is when asked', async (line, value) => {
  expect(await valueOf(line)).toBe(value)
})

it("shows the event loop's lag", async () => {
  expect(await valueOf('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0)
})

it('leaves out what cannot be had, and shows the rest', async () => {
  metrics.close()
  metrics = openMetrics({ ...sources, queue: () => Promise.reject(new Error('no database')) })
  const { text, contentType } = await metrics.read()
  expect(contentType).toContain('text/plain')
  expect(text).toContain('sluice_executions_running 4')
  expect(text).not.toMatch(/^sluice_queue_waiting \d/m)
})
