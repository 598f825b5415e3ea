import { describe, expect, it } from 'vitest'
import { loadLater } from './load-later'

describe('loadLater', () => {
  it('tries again after a load that failed, and hands on what then comes', async () => {
    let attempts = 0
    const load = () => (++attempts < 3 ? Promise.reject(new Error('no connection')) : Promise.resolve('the part'))
    await expect(loadLater(load, { pauseMs: 1 })()).resolves.toBe('the part')
    expect(attempts).toBe(3)
  })

  it('loads once, however many ask', async () => {
    let attempts = 0
    const part = loadLater(() => Promise.resolve(++attempts))
    expect(await Promise.all([part(), part()])).toEqual([1, 1])
  })
})
