import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { startJavascriptRunner } from './javascript-runner'
import { Pool } from './pool'
import { maxJobsPerJavascriptWorker } from '../limits'

const rootDir = path.resolve(import.meta.dirname, '../..')
const pool = new Pool({ runsAtOnce: 3, spares: 0, start: () => startJavascriptRunner(rootDir) })
afterAll(() => pool.close())

interface Given {
  owner?: string
  timeoutMs?: number
  signal?: AbortSignal
}
async function run(code: string, given: Given = {}) {
  const { owner = 'one', timeoutMs = 60_000, signal = new AbortController().signal } = given
  return (await pool.run({ language: 'javascript', code, bindings: {}, timeoutMs, signal, owner })).output
}
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)
const shorts = (given?: Given) => Promise.all(numbers(maxJobsPerJavascriptWorker).map((n) => run(`return ${n}`, given)))
/** Runs until it is stopped: whoever waits for it waits for ever. */
const endless = 'for (;;);'
const stopsNow = { timeoutMs: 300 }

describe('jobs handed to a worker that is at work', () => {
  it('each get their own result, and find nothing of the one before', async () => {
    const codes = numbers(400).map(
      (n) => `const seen = globalThis.left ?? null; globalThis.left = ${n}; return [${n}, seen]`,
    )
    expect(await Promise.all(codes.map((code) => run(code)))).toEqual(numbers(400).map((n) => [n, null]))
  })

  it('are taken to another worker when the one before them takes its time', async () => {
    await run('return 0')
    const stop = new AbortController()
    const slow = run(endless, { signal: stop.signal })
    expect(await shorts()).toEqual(numbers(maxJobsPerJavascriptWorker))
    stop.abort()
    await expect(slow).rejects.toThrow('The code was stopped')
  })

  it('run elsewhere when the worker is ended under them, by a limit or an abort', async () => {
    const stop = new AbortController()
    const late = run(endless, stopsNow).catch(String)
    const aborted = run(endless, { signal: stop.signal }).catch(String)
    const followers = shorts()
    stop.abort()
    expect(await followers).toEqual(numbers(maxJobsPerJavascriptWorker))
    expect(await late).toMatch('The code ran longer than 300 ms and was stopped')
    expect(await aborted).toMatch('The code was stopped')
  })

  it('all stop when they share the signal that is aborted', async () => {
    const stop = new AbortController()
    const all = [1, 2, 3].map(() => run(endless, { signal: stop.signal }).catch(String))
    stop.abort()
    for (const end of await Promise.all(all)) expect(end).toMatch('The code was stopped')
    expect(await run('return 1')).toBe(1)
  })

  it('are given up one by one, and neither end nor delay the others', async () => {
    const stop = new AbortController()
    const all = numbers(maxJobsPerJavascriptWorker).map((n) =>
      run(`return ${n}`, n === 1 ? { signal: stop.signal } : {}).catch(String),
    )
    stop.abort()
    const results = await Promise.all(all)
    expect(results.filter((_result, n) => n !== 1)).toEqual(numbers(maxJobsPerJavascriptWorker).filter((n) => n !== 1))
    expect(results[1]).toMatch('The code was stopped')
  })

  it('leave a worker to other owners, however many one hands in', async () => {
    const stops = numbers(20).map(() => new AbortController())
    const loops = stops.map(({ signal }) => run(endless, { signal }).catch(String))
    expect(await shorts({ owner: 'other' })).toEqual(numbers(maxJobsPerJavascriptWorker))
    expect(pool.load()).toMatchObject({ busy: 2, waiting: 18 })
    for (const stop of stops) stop.abort()
    expect(new Set(await Promise.all(loops)).size).toBe(1)
    expect(await run('return 1')).toBe(1)
  })

  it('keep nobody waiting: a worker is not held by those who come later', async () => {
    const stop = new AbortController()
    const busy = async (owner: string) => {
      while (!stop.signal.aborted) await run('return 1', { owner })
    }
    const streams = ['a', 'b', 'c'].flatMap((owner) => numbers(4).map(() => busy(owner)))
    await shorts({ owner: 'a' })
    expect(await run('return 4', { owner: 'd' })).toBe(4)
    stop.abort()
    await Promise.all(streams)
  })
})
