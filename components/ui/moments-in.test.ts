import { expect, it } from 'vitest'
import { momentsIn } from './moments-in'

it.each([
  ['UTC', '26 Nov 2026, 23:00 UTC'],
  ['Asia/Kolkata', '27 Nov 2026, 04:30 GMT+5:30'],
  ['America/New_York', '26 Nov 2026, 18:00 GMT-5'],
])('a moment is told in the time of %s, and says so', (zone, told) => {
  expect(momentsIn(zone)('2026-11-26T23:00:00.000Z')).toBe(told)
})
