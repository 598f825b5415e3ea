import { expect, it } from 'vitest'
import { blocksAtOncePerExecution } from '../limits'
import { LiveExecution } from './live-executions'

it('as many blocks as may run at once wait for the same stop, and Node warns of no leak', async () => {
  const warnings: Error[] = []
  const hear = (warning: Error) => warnings.push(warning)
  process.on('warning', hear)
  const { signal } = new LiveExecution('w', new AbortController()).abort
  // A code block waits three times: in its run, in the queue of the sandbox, in the sandbox.
  for (let count = 0; count < blocksAtOncePerExecution * 3; count++) signal.addEventListener('abort', () => count)
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', hear)
  expect(warnings).toEqual([])
})
