import { describe, expect, it } from 'vitest'
import { createGroupCommit } from './group-commit'

const limits = { maxBatchItems: 100, maxBatchWeight: 1_000, weigh: () => 1 }

describe('group commit', () => {
  it('writes the items of one turn together and gives each its own result', async () => {
    const batches: number[][] = []
    const commit = createGroupCommit<number, string>((items) => {
      batches.push(items)
      return Promise.resolve(items.map((item) => `written ${item}`))
    }, limits)
    expect(await Promise.all([commit(1), commit(2), commit(3)])).toEqual(['written 1', 'written 2', 'written 3'])
    expect(batches).toEqual([[1, 2, 3]])
  })

  it('collects what arrives during a write into the next one', async () => {
    const batches: number[][] = []
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    const commit = createGroupCommit<number, number>(async (items) => {
      batches.push(items)
      if (batches.length === 1) await gate
      return items
    }, limits)
    const first = commit(1)
    await new Promise(setImmediate)
    const rest = [commit(2), commit(3)]
    release()
    await Promise.all([first, ...rest])
    expect(batches).toEqual([[1], [2, 3]])
  })

  it('keeps a bad item from failing its neighbours', async () => {
    const commit = createGroupCommit<number, number>(
      (items) => (items.includes(2) ? Promise.reject(new Error('bad row')) : Promise.resolve(items)),
      limits,
    )
    const results = await Promise.allSettled([commit(1), commit(2), commit(3)])
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('bounds a batch by count and by weight, but always moves on', async () => {
    const batches: number[][] = []
    const commit = createGroupCommit<number, number>(
      (items) => {
        batches.push(items)
        return Promise.resolve(items)
      },
      { maxBatchItems: 3, maxBatchWeight: 10, weigh: (item) => item },
    )
    await Promise.all([1, 1, 1, 1, 50, 6, 6].map((item) => commit(item)))
    expect(batches).toEqual([[1, 1, 1], [1], [50], [6], [6]])
  })

  it('attack 41: fails a whole batch at once when the database is out of reach', async () => {
    let writes = 0
    const commit = createGroupCommit<number, number>(() => {
      writes++
      return Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
    }, limits)
    const outcomes = await Promise.allSettled([commit(1), commit(2), commit(3)])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(writes).toBe(1)
  })
})
