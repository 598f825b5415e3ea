import { describe, expect, it } from 'vitest'
import { createRateLimit } from './rate-limit'

describe('a rate limit', () => {
  it('allows the whole allowance at once and then says how long to wait', () => {
    const limit = createRateLimit(60)
    for (let i = 0; i < 60; i++) expect(limit.take('ada', 0)).toBe(0)
    expect(limit.take('ada', 0)).toBe(1)
  })

  it('gives back one call for each share of the minute', () => {
    const limit = createRateLimit(60)
    for (let i = 0; i < 60; i++) limit.take('ada', 0)
    expect(limit.take('ada', 999)).toBe(1)
    expect(limit.take('ada', 1_000)).toBe(0)
    expect(limit.take('ada', 1_000)).toBe(1)
  })

  it('counts each caller apart', () => {
    const limit = createRateLimit(1)
    expect(limit.take('ada', 0)).toBe(0)
    expect(limit.take('ada', 0)).toBe(60)
    expect(limit.take('bob', 0)).toBe(0)
  })
})
