import { describe, expect, it } from 'vitest'
import { createAttempts } from './attempts'

describe('attempts that may be guesses', () => {
  it('are refused for the rest of the minute once they are used up', () => {
    let nowMs = 0
    const attempts = createAttempts(2, () => nowMs)
    expect([attempts.take('ada'), attempts.take('ada')]).toEqual([0, 0])
    nowMs = 15_000
    expect(attempts.take('ada')).toBe(45)
    nowMs = 60_000
    expect(attempts.take('ada')).toBe(0)
  })

  it('are counted for each caller apart', () => {
    const attempts = createAttempts(1, () => 0)
    expect([attempts.take('ada'), attempts.take('bob'), attempts.take('ada')]).toEqual([0, 0, 60])
  })

  it('are forgiven after a right one', () => {
    const attempts = createAttempts(1, () => 0)
    attempts.take('ada')
    attempts.forgive('ada')
    expect(attempts.take('ada')).toBe(0)
  })
})
