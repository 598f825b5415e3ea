import { describe, expect, it, vi } from 'vitest'
import { fakeContext, ranBlock } from '../testing'
import { code } from './definition'
import { run } from './run'
import type { CodeJob, VisibleBlock } from '../contract'
import { codeTimeoutMs, maxCodeTimeoutMs } from '../../limits'

async function jobFor(config: object, ancestors: VisibleBlock[] = []) {
  const runCode = vi.fn((job: Omit<CodeJob, 'owner' | 'signal'>) => {
    return Promise.resolve({ output: job.code, logs: ['printed'] })
  })
  const data = await run(code.config.parse(config), fakeContext({ runCode, ancestors }))
  return { data, job: runCode.mock.calls[0]?.[0] }
}

it('hands on what the sandbox answers', async () => {
  expect((await jobFor({ code: 'output = 1' })).data).toEqual({ output: 'output = 1', logs: ['printed'] })
})

it('outputs null for blank code without starting a sandbox', async () => {
  for (const blank of ['', ' \n', null, undefined]) {
    const { data, job } = await jobFor({ code: blank })
    expect(data).toEqual({ output: null, logs: [] })
    expect(job).toBeUndefined()
  }
})

it('is Python unless it says JavaScript, and refuses anything else by name', async () => {
  expect((await jobFor({ code: '1' })).job?.language).toBe('python')
  expect((await jobFor({ code: '1', language: '' })).job?.language).toBe('python')
  expect((await jobFor({ code: '1', language: 'JavaScript' })).job?.language).toBe('javascript')
  await expect(jobFor({ code: '1', language: 'ruby' })).rejects.toThrow('python or javascript, not ruby')
})

it('keeps its time limit within bounds', async () => {
  const limits = [undefined, '', 250, '1500', 0.5, -1, 10 * maxCodeTimeoutMs]
  const jobs = await Promise.all(limits.map((timeout_ms) => jobFor({ code: '1', timeout_ms })))
  expect(jobs.map(({ job }) => job?.timeoutMs)).toEqual([
    ...[codeTimeoutMs, codeTimeoutMs, 250, 1500, 1, codeTimeoutMs],
    maxCodeTimeoutMs,
  ])
})

describe('bindings', () => {
  const bindings = async (...ancestors: VisibleBlock[]) => (await jobFor({ code: '1' }, ancestors)).job?.bindings

  it('hold every ancestor by id and by name, with _ for dashes and blanks', async () => {
    const data = { output: 1 }
    expect(await bindings(ranBlock('my-start', data, 'Read the mail'))).toEqual({
      my_start: data,
      Read_the_mail: data,
      input_data: { 'my-start': data, 'Read the mail': data },
    })
  })

  it('let ids win over names, and the first of equal names', async () => {
    const [first, second, third] = [{ output: 1 }, { output: 2 }, { output: 3 }]
    const all = await bindings(ranBlock('x', first, 'y'), ranBlock('y', second, 'same'), ranBlock('z', third, 'same'))
    expect(all).toMatchObject({ x: first, y: second, z: third, same: second })
    expect(all?.['input_data']).toEqual({ x: first, y: second, z: third, same: second })
  })

  it('let an id that is an identifier win over one that becomes it', async () => {
    const all = await bindings(ranBlock('a-b', { output: 1 }), ranBlock('a_b', { output: 2 }))
    expect(all?.['a_b']).toEqual({ output: 2 })
  })

  it('hold what makes no identifier in input_data only', async () => {
    const all = await bindings(ranBlock('1st', { output: 1 }, 'a.b'), ranBlock('größe', { output: 2 }))
    expect(Object.keys(all ?? {})).toEqual(['größe', 'input_data'])
    expect(Object.keys(all?.['input_data'] ?? {})).toEqual(['1st', 'größe', 'a.b'])
  })

  it('keep input_data theirs even when a block is called so', async () => {
    const data = { output: 1 }
    expect(await bindings(ranBlock('input_data', data))).toEqual({ input_data: { input_data: data } })
  })
})
