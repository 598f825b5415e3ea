import pino from 'pino'
import { expect, it } from 'vitest'
import { logExecutions } from './log-executions'

const started = { id: 'e1', workflowId: 'w1', version: 2, trigger: 'webhook', caller: null } as const

function linesAt(level: string) {
  const lines: Record<string, unknown>[] = []
  const logger = pino(
    { level, base: null },
    { write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[0]) },
  )
  return { observer: logExecutions(logger), lines }
}

it('says nothing of an execution that went well, unless asked for detail', () => {
  const completed = { status: 'completed', error: null, errorCode: null, failedBlock: null } as const
  const quiet = linesAt('info')
  quiet.observer.executionStarted(started).ended(completed)
  expect(quiet.lines).toEqual([])

  const detailed = linesAt('debug')
  detailed.observer.executionStarted(started).ended(completed)
  expect(detailed.lines).toMatchObject([
    { msg: 'execution started', execution_id: 'e1', workflow_id: 'w1', version: 2, trigger: 'webhook' },
    { msg: 'execution ended', execution_id: 'e1', status: 'completed' },
  ])
})

it('names a failed execution with the ids to look it up by, its error cut short', () => {
  const { observer, lines } = linesAt('info')
  const error = `Block b failed: ${'x'.repeat(5_000)}`
  observer.executionStarted(started).ended({ status: 'failed', error, errorCode: 'EXECUTION_FAILED', failedBlock: 'b' })
  expect(lines).toMatchObject([
    { msg: 'execution failed', execution_id: 'e1', workflow_id: 'w1', error_code: 'EXECUTION_FAILED', block_id: 'b' },
  ])
  expect(JSON.stringify(lines).length).toBeLessThan(1_000)
})
