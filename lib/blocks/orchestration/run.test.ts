import { expect, it } from 'vitest'
import { noUsage } from '../../contract/agent-runs'
import { fakeContext } from '../testing'
import { orchestration } from './definition'
import { run } from './run'

it.each([
  [{ input: 'Plan it', message: 'no' }, 'Plan it'],
  [{ input: '', message: 'Plan it' }, 'Plan it'],
  [{ input: { goal: 1 } }, '{"goal":1}'],
])('runs the chosen orchestration on its input, else its message: %j', async (config, input) => {
  const context = fakeContext({
    runOrchestration: (request) =>
      Promise.resolve({ output: `did ${request.input}`, status: 'completed', steps: [], usage: noUsage() }),
  })
  const data = await run(orchestration.config.parse({ orchestration_id: 'x', ...config }), context)
  expect(data).toMatchObject({ output: `did ${input}`, status: 'completed', steps: [] })
})

it('asks for an orchestration when none is chosen', async () => {
  await expect(async () => run(orchestration.config.parse({}), fakeContext())).rejects.toThrow('fill orchestration_id')
  expect(orchestration.check({})).toMatchObject([{ code: 'config_missing', path: 'config.orchestration_id' }])
})
