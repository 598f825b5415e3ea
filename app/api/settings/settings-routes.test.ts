import { randomBytes, randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/test/database'
import { configureAuth } from '@/lib/auth/auth-state'
import type { Scope } from '@/lib/contract/principal'
import { pool } from '@/lib/data/database'
import { useEncryptionKey } from '@/lib/data/encryption'
import { readSecrets } from '@/lib/data/secrets'
import { maxSecretChars } from '@/lib/limits'
import * as apiKeys from './api-keys/route'
import * as apiKey from './api-keys/[id]/route'
import * as secrets from './secrets/route'
import * as secret from './secrets/[name]/route'

useTestDatabase()
const automationKey = 'automation-key-0123456789'

beforeAll(() => {
  useEncryptionKey(randomBytes(32))
  configureAuth({ automationKey, host: '127.0.0.1' })
})
beforeEach(async () => {
  await pool().query('DELETE FROM api_keys')
  await pool().query('DELETE FROM secrets')
})

const routes = { apiKeys, apiKey, secrets, secret }

interface Ask {
  params?: Record<string, string>
  body?: unknown
  key?: string | null
}

async function ask(name: keyof typeof routes, method: 'GET' | 'POST' | 'PUT' | 'DELETE', more: Ask = {}) {
  const { params = {}, body, key = automationKey } = more
  const request = new Request(`http://localhost:3000/api/settings/${name}`, {
    method,
    headers: { ...(key && { authorization: `Bearer ${key}` }), 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const response = await routes[name][method](request, { params: Promise.resolve(params) })
  const text = await response.text()
  // Every answer here is a JSON object or nothing.
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown>, text }
}

async function makeKey(scopes?: Scope[]): Promise<{ id: string; key: string }> {
  const { status, body } = await ask('apiKeys', 'POST', { body: { name: 'CI', ...(scopes && { scopes }) } })
  expect(status).toBe(201)
  return { id: String(body['id']), key: String(body['key']) }
}

describe('API keys', () => {
  it('are shown once, when they are made; the list has the rest', async () => {
    const made = await ask('apiKeys', 'POST', { body: { name: ' CI ', scopes: ['run', 'read', 'run'] } })
    expect(made).toMatchObject({ status: 201, body: { name: 'CI', scopes: ['read', 'run'] } })
    expect(made.body['key']).toMatch(/^sluice_[A-Za-z0-9_-]{43}$/)
    const list = await ask('apiKeys', 'GET')
    expect(list.body).toEqual({
      api_keys: [
        {
          id: made.body['id'],
          name: 'CI',
          prefix: made.body['prefix'],
          scopes: ['read', 'run'],
          created_at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
          last_used_at: null,
        },
      ],
    })
    expect(list.text).not.toContain(String(made.body['key']))
    expect(String(made.body['key']).startsWith(String(made.body['prefix']))).toBe(true)
  })

  it('have all the scopes of whoever makes them unless told otherwise', async () => {
    const { key } = await makeKey()
    expect((await ask('apiKeys', 'GET', { key })).status).toBe(200)
  })

  it('attack 32: cannot be made with a scope the maker does not have', async () => {
    const { key } = await makeKey(['read', 'admin'])
    const refused = await ask('apiKeys', 'POST', { key, body: { name: 'more', scopes: ['read', 'write'] } })
    expect(refused).toMatchObject({ status: 403, body: { error_code: 'FORBIDDEN' } })
    const made = await ask('apiKeys', 'POST', { key, body: { name: 'same' } })
    expect(made).toMatchObject({ status: 201, body: { scopes: ['read', 'admin'] } })
  })

  it('are dead at once when they are revoked, and cannot be revoked twice', async () => {
    const { id, key } = await makeKey()
    expect((await ask('apiKeys', 'GET', { key })).status).toBe(200)
    expect(await ask('apiKey', 'DELETE', { params: { id } })).toMatchObject({ status: 204, text: '' })
    expect(await ask('apiKeys', 'GET', { key })).toMatchObject({ status: 401 })
    expect((await ask('apiKey', 'DELETE', { params: { id } })).status).toBe(404)
    expect((await ask('apiKeys', 'GET')).body).toEqual({ api_keys: [] })
  })

  it.each([[{}], [{ name: '' }], [{ name: '  ' }], [{ name: 'x'.repeat(256) }], [{ name: 'a\0b' }], [{ name: 1 }]])(
    'need a name: %j',
    async (body) => {
      expect(await ask('apiKeys', 'POST', { body })).toMatchObject({
        status: 400,
        body: { error_code: 'VALIDATION_ERROR', issues: [{ path: 'name' }] },
      })
    },
  )

  it.each([[[]], [['root']], ['read'], [null]])('know four scopes: %j is none', async (scopes) => {
    expect((await ask('apiKeys', 'POST', { body: { name: 'x', scopes } })).status).toBe(400)
  })

  it.each([[randomUUID()], ['not-a-uuid'], ['%00']])('of an unknown id are 404: %s', async (id) => {
    expect(await ask('apiKey', 'DELETE', { params: { id } })).toMatchObject({
      status: 404,
      body: { error_code: 'NOT_FOUND' },
    })
  })
})

describe('secrets', () => {
  it('are put, listed by name, replaced and deleted', async () => {
    for (const name of ['b.2', 'A_1', '_x-y'])
      expect(await ask('secret', 'PUT', { params: { name }, body: { value: `value of ${name}` } })).toMatchObject({
        status: 200,
        body: { ok: true },
      })
    await ask('secret', 'PUT', { params: { name: 'b.2' }, body: { value: 'a newer value' } })
    const list = await ask('secrets', 'GET')
    expect(list.body['secrets']).toMatchObject([{ name: 'A_1' }, { name: '_x-y' }, { name: 'b.2' }])
    expect(await readSecrets(['A_1', 'b.2', 'none'])).toEqual(
      new Map([
        ['A_1', 'value of A_1'],
        ['b.2', 'a newer value'],
      ]),
    )
    expect((await ask('secret', 'DELETE', { params: { name: 'A_1' } })).status).toBe(204)
    expect(await ask('secret', 'DELETE', { params: { name: 'A_1' } })).toMatchObject({
      status: 404,
      body: { error_code: 'NOT_FOUND' },
    })
  })

  it('attack 36: are in no answer, and in the database only encrypted', async () => {
    const value = 'a very secret value'
    const put = await ask('secret', 'PUT', { params: { name: 'TOKEN' }, body: { value } })
    const list = await ask('secrets', 'GET')
    expect(put.text + list.text).not.toContain(value)
    expect(Object.keys((list.body['secrets'] as object[])[0] ?? {})).toEqual(['name', 'created_at', 'updated_at'])
    const { rows } = await pool().query<{ ciphertext: Buffer }>('SELECT ciphertext FROM secrets')
    expect(rows[0]?.ciphertext.includes(value)).toBe(false)
  })

  it.each([['1a'], ['a b'], ['a/b'], ['-a'], ['ü'], ['a\0'], [''], ['x'.repeat(101)], ['a}}']])(
    'cannot be called %j',
    async (name) => {
      const put = await ask('secret', 'PUT', { params: { name }, body: { value: 'long enough' } })
      expect(put).toMatchObject({ status: 400, body: { error_code: 'VALIDATION_ERROR' } })
      expect((await ask('secret', 'DELETE', { params: { name } })).status).toBe(404)
    },
  )

  it.each([[{}], [{ value: 'abc' }], [{ value: 5000 }], [{ value: 'x'.repeat(maxSecretChars + 1) }]])(
    'need a value of 4 to 65536 characters',
    async (body) => {
      const put = await ask('secret', 'PUT', { params: { name: 'x' }, body })
      expect(put).toMatchObject({ status: 400, body: { issues: [{ path: 'value' }] } })
      expect(put.text).not.toContain('xxxx')
    },
  )
})

describe('attack 32: the settings routes', () => {
  const calls = [
    ['apiKeys', 'GET'],
    ['apiKeys', 'POST'],
    ['apiKey', 'DELETE'],
    ['secrets', 'GET'],
    ['secret', 'PUT'],
    ['secret', 'DELETE'],
  ] as const

  it.each(calls)('%s %s is for admins: every other scope is 403, no key is 401', async (name, method) => {
    const { id, key } = await makeKey(['read', 'run', 'write'])
    const more = {
      params: { id, name: 'TOKEN' },
      body: method === 'GET' ? undefined : { name: 'x', value: 'long enough' },
    }
    expect(await ask(name, method, { ...more, key })).toMatchObject({ status: 403, body: { error_code: 'FORBIDDEN' } })
    const stranger = await ask(name, method, { ...more, key: null })
    expect(stranger.status).toBe(401)
    expect(Object.keys(stranger.body)).toEqual(['error'])
    const { rows } = await pool().query('SELECT FROM api_keys WHERE revoked_at IS NULL')
    expect(rows).toHaveLength(1)
    expect((await pool().query('SELECT FROM secrets')).rowCount).toBe(0)
  })

  it('offer no other method', async () => {
    expect(await ask('apiKeys', 'DELETE')).toMatchObject({ status: 405, body: { error_code: 'METHOD_NOT_ALLOWED' } })
    expect((await ask('secret', 'GET', { params: { name: 'TOKEN' } })).status).toBe(405)
  })
})
