import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { scopes, type Scope } from '@/lib/contract/principal'
import { useTestApp } from '@/test/app'
import { apiRoutesOf } from './api-routes'
import { routes } from './routes'

const { ask } = useTestApp()
const guarded = apiRoutesOf(routes).filter(({ endpoint }) => endpoint.scope !== null)
const keys = new Map<Scope, string>()

beforeAll(async () => {
  for (const scope of scopes) {
    const made = await ask('POST', '/api/settings/api-keys', { name: scope, scopes: [scope] })
    keys.set(scope, String(made.body['key']))
  }
})

const at = (path: string) => path.replace(/\{[^}]+\}/g, () => randomUUID())

describe('attack 32: each scope times each route', () => {
  it('nobody in particular is 401 everywhere, whatever is asked', async () => {
    for (const { method, path } of guarded) {
      const { status, body } = await ask(method, at(path), undefined, { key: 'no-such-key-0123456789' })
      expect([method, path, status, Object.keys(body)]).toEqual([method, path, 401, ['error']])
    }
  })

  it.each(scopes)('a key with %s alone is 403 wherever another scope is needed', async (scope) => {
    for (const { method, path } of guarded.filter(({ endpoint }) => endpoint.scope !== scope)) {
      const { status, body } = await ask(method, at(path), undefined, { key: keys.get(scope) ?? '' })
      expect([method, path, status, body['error_code']]).toEqual([method, path, 403, 'FORBIDDEN'])
    }
  })
})
