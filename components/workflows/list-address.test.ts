import { describe, expect, it } from 'vitest'
import { addressOf, defaultView } from './list-address'

describe('addressOf', () => {
  it.each([
    ['the usual view', {}, '/'],
    ['a search', { q: 'a & b' }, '/?q=a+%26+b'],
    ['a state', { state: 'armed' } as const, '/?state=armed'],
    ['an order', { sort: 'name', order: 'asc' } as const, '/?sort=name&order=asc'],
    ['the usual column the other way round', { order: 'asc' } as const, '/?sort=updated_at&order=asc'],
    ['a later page of a search', { q: 'x', offset: 50 }, '/?q=x&offset=50'],
  ])('says %s', (_what, change, address) => {
    expect(addressOf({ ...defaultView, ...change })).toBe(address)
  })
})
