import { describe, expect, it } from 'vitest'
import { createPlaces } from './places'

const workflow = { key: 'workflow', count: 1 }
const host = { key: 'process', count: 2 }

describe('places', () => {
  it('are taken under every key and given back together', async () => {
    const places = createPlaces()
    const first = await places.take([host, workflow], 0)
    expect(await places.take([host, workflow], 0)).toEqual(workflow)
    if (typeof first !== 'function') throw new Error('the first finds a place')
    first()
    expect(typeof (await places.take([host, workflow], 0))).toBe('function')
  })

  it('are not held by whoever found one key full', async () => {
    const places = createPlaces()
    await places.take([workflow], 0)
    for (let i = 0; i < 5; i++) expect(await places.take([host, workflow], 0)).toEqual(workflow)
    expect(typeof (await places.take([host], 0))).toBe('function')
    expect(typeof (await places.take([host], 0))).toBe('function')
    expect(await places.take([host], 0)).toEqual(host)
  })

  it('go to whoever has waited longest', async () => {
    const places = createPlaces()
    const first = await places.take([workflow], 0)
    const order: number[] = []
    const waiting = [1, 2].map(async (n) => {
      const give = await places.take([workflow], 1_000)
      order.push(n)
      if (typeof give === 'function') give()
    })
    if (typeof first === 'function') first()
    await Promise.all(waiting)
    expect(order).toEqual([1, 2])
  })
})
