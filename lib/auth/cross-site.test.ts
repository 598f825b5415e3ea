import { describe, expect, it } from 'vitest'
import { isCrossSite } from './cross-site'

function request(method: string, headers: Record<string, string>): Request {
  return new Request('http://localhost:3000/api/workflows', { method, headers: { host: 'localhost:3000', ...headers } })
}

describe('attack 34: a change that comes with a session cookie', () => {
  it.each([
    ['POST', { 'sec-fetch-site': 'cross-site' }],
    ['PUT', { 'sec-fetch-site': 'same-site' }],
    ['DELETE', { origin: 'https://evil.example' }],
    ['PATCH', { origin: 'http://localhost:8080' }],
    ['POST', { origin: 'null' }],
  ])('is another site’s doing: %s %j', (method, headers) => {
    expect(isCrossSite(request(method, headers))).toBe(true)
  })

  it.each([
    ['POST', { 'sec-fetch-site': 'same-origin', origin: 'https://public.example' }],
    ['POST', { 'sec-fetch-site': 'none' }],
    ['POST', { origin: 'http://localhost:3000' }],
    ['DELETE', {}],
    ['GET', { 'sec-fetch-site': 'cross-site' }],
  ])('is our own page’s doing: %s %j', (method, headers) => {
    expect(isCrossSite(request(method, headers))).toBe(false)
  })
})
