import { describe, expect, it } from 'vitest'
import { createRouter, type RouteModule } from './router'

const patterns = [
  '/api/health',
  '/api/workflows',
  '/api/workflows/[id]',
  '/api/workflows/[id]/executions/[eid]',
  '/api/workflows/mine/graph',
  '/api/[...path]',
]
const modules = new Map<string, RouteModule>(patterns.map((pattern) => [pattern, {}]))
const find = createRouter(Object.fromEntries(modules))

function foundAt(path: string): [string | undefined, unknown] | null {
  const match = find(path)
  return match && [patterns.find((pattern) => modules.get(pattern) === match.module), match.params]
}

describe('the router', () => {
  it.each([
    ['/api/health', '/api/health', {}],
    ['/api/workflows/7', '/api/workflows/[id]', { id: '7' }],
    ['/api/workflows/7/executions/e%201', '/api/workflows/[id]/executions/[eid]', { id: '7', eid: 'e 1' }],
    ['/api/workflows/mine/graph', '/api/workflows/mine/graph', {}],
    ['/api/workflows/mine', '/api/workflows/[id]', { id: 'mine' }],
    ['/api/workflows/mine/executions/1', '/api/workflows/[id]/executions/[eid]', { id: 'mine', eid: '1' }],
    ['/api/nowhere/at/all', '/api/[...path]', { path: ['nowhere', 'at', 'all'] }],
  ])('finds %s at %s', (path, pattern, params) => {
    expect(foundAt(path)).toEqual([pattern, params])
  })

  it.each([
    ['/api/workflows/7/', '/api/workflows/[id]', { id: '7' }],
    ['/api/workflows/..', '/api/workflows/[id]', { id: '..' }],
    ['/api/workflows/%2e%2e%2fhealth', '/api/workflows/[id]', { id: '../health' }],
    ['/api/workflows/%00', '/api/workflows/[id]', { id: '\0' }],
    ['/api/workflows/%ff', '/api/workflows/[id]', { id: '%ff' }],
    ['/api/workflows/__proto__', '/api/workflows/[id]', { id: '__proto__' }],
    ['/api//health', '/api/[...path]', { path: ['', 'health'] }],
    ['/api/he%61lth', '/api/[...path]', { path: ['health'] }],
    ['/api/HEALTH', '/api/[...path]', { path: ['HEALTH'] }],
  ])('attack 9: %s is %s and nothing else', (path, pattern, params) => {
    expect(foundAt(path)).toEqual([pattern, params])
  })

  it('finds nothing for the bare prefix', () => {
    expect(foundAt('/api')).toBeNull()
    expect(foundAt('/api/')).toBeNull()
  })
})
