import { describe, expect, it } from 'vitest'
import { addressOfFilters, canvasAddress, readCanvasAddress, readFilters } from './execution-address'

const none = { status: null, trigger: null, q: '', withinHours: null }

describe('the address of a list of executions', () => {
  it.each([
    ['nothing in particular', none, '/executions'],
    ['a status and a text', { ...none, status: 'failed', q: 'a & b' } as const, '/executions?status=failed&q=a+%26+b'],
    [
      'a day of webhook calls',
      { ...none, trigger: 'webhook', withinHours: 24 } as const,
      '/executions?trigger=webhook&within=24',
    ],
  ])('says %s, and is read back as the same', (_what, filters, address) => {
    expect(addressOfFilters('/executions', filters)).toBe(address)
    const search = new URL(address, 'http://x').searchParams
    expect(readFilters((key) => search.get(key) ?? undefined)).toEqual(filters)
  })

  it('passes over what makes no sense', () => {
    const odd: Record<string, string> = { status: 'fine', trigger: 'moon', within: '-3' }
    expect(readFilters((key) => odd[key])).toEqual(none)
  })
})

describe('the address of an execution on the canvas', () => {
  const id = '0b1c2d3e-4f50-4617-8829-3a4b5c6d7e8f'
  const read = (address: string) => readCanvasAddress(new URL(address, 'http://x').searchParams)

  it('names it, and is nobody else’s', () => {
    expect(read(canvasAddress(id, id))).toBe(id)
    expect(read('/workflows/x?execution=javascript:x')).toBeNull()
    expect(read(`/workflows/x?panel=copilot&execution=${id}`)).toBeNull()
  })
})
