import { describe, expect, it } from 'vitest'
import { createExpiringCache } from './expiring-cache'

describe('an expiring cache', () => {
  it('looks a value up again when its time is over', async () => {
    let nowMs = 0
    let loads = 0
    const cache = createExpiringCache<number>(10, 1_000, () => nowMs)
    const load = () => Promise.resolve(++loads)
    expect(await cache.get('a', load)).toBe(1)
    nowMs = 999
    expect(await cache.get('a', load)).toBe(1)
    nowMs = 1_000
    expect(await cache.get('a', load)).toBe(2)
  })

  it('does not remember what is missing', async () => {
    const cache = createExpiringCache<number>(10, 1_000, () => 0)
    expect(await cache.get('a', () => Promise.resolve(null))).toBeNull()
    expect(await cache.get('a', () => Promise.resolve(1))).toBe(1)
  })

  it('drops a value that was being looked up while everything was forgotten', async () => {
    const cache = createExpiringCache<string>(10, 1_000, () => 0)
    const stale = cache.get('key', () => Promise.resolve('before the revocation'))
    cache.clear()
    await stale
    expect(await cache.get('key', () => Promise.resolve('after'))).toBe('after')
  })

  it('lets the oldest entry go when it is full', async () => {
    const cache = createExpiringCache<string>(2, 1_000, () => 0)
    for (const key of ['a', 'b', 'c']) await cache.get(key, () => Promise.resolve(key))
    expect(await cache.get('a', () => Promise.resolve('again'))).toBe('again')
    expect(await cache.get('c', () => Promise.resolve('again'))).toBe('c')
  })
})
