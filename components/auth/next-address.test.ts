import { describe, expect, it } from 'vitest'
import { readNext, signInAddress } from './next-address'

describe('where a person goes after signing in', () => {
  it('is the page that asked for it', () => {
    const asked = '/workflows/1/executions?status=failed&q=a%20b'
    const address = signInAddress(asked)
    expect(readNext(new URL(address, 'http://sluice').searchParams.get('next'))).toBe(asked)
  })

  it.each([[null], ['/'], ['/sign-in'], ['/first-run']])('%s adds nothing to the address', (path) => {
    expect(signInAddress(path)).toBe('/sign-in')
  })

  it.each([
    [null],
    [''],
    ['//evil.example'],
    ['/\\evil.example'],
    ['https://evil.example/'],
    ['javascript:alert(1)'],
    ['x'],
    ['/\t/evil.example'],
    ['/.//evil.example'],
    ['/..//evil.example'],
    ['/a/../..//evil.example'],
  ])('is the list of workflows, never another site, for %j', (next) => {
    expect(readNext(next)).toBe('/')
  })
})
