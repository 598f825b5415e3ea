import { randomBytes } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { beforeEach, describe, expect, it } from 'vitest'
import { useTestDatabase } from '../../test/database'
import { callOf } from '../../test/call'
import { roles, scopes, scopesOfRole, type Principal, type Role, type Scope } from '../contract/principal'
import { pool } from '../data/database'
import { useEncryptionKey } from '../data/encryption'
import { insertUser, replacePassword } from '../data/users'
import { uuidV7 } from '../data/uuid-v7'
import { createApiKey } from '../operations/create-api-key'
import { revokeApiKey } from '../operations/revoke-api-key'
import { authState, configureAuth } from './auth-state'
import { authenticate } from './authenticate'
import { sessionSecret } from './session'

useTestDatabase()
const automationKey = 'automation_key_!"#%&,;=~'

beforeEach(async () => {
  useEncryptionKey(randomBytes(32))
  configureAuth({ automationKey, host: '127.0.0.1' })
  await pool().query('DELETE FROM api_keys')
  await pool().query('DELETE FROM users')
})

const ask = (headers: Record<string, string>, method = 'GET') =>
  authenticate(
    new Request('http://localhost:3000/api/workflows', { method, headers: { host: 'localhost:3000', ...headers } }),
  )

async function makeUser(role: Role = 'owner'): Promise<string> {
  const id = uuidV7()
  await insertUser({ id, email: `${id}@example.com`, name: '', role, passwordHash: 'x' })
  return id
}

async function makeKey(userId: string | null, asked: Scope[] = [...scopes]) {
  const principal: Principal = { kind: 'session', userId, keyId: null, scopes }
  return createApiKey({ ...callOf(), params: {}, query: {}, principal, body: { name: 'test', scopes: asked } })
}

async function sessionOf(userId: string, secret = sessionSecret()): Promise<string> {
  return `a=b; next-auth.session-token=${await encode({ token: { sub: userId }, secret })}; c="d"`
}

describe('an API key', () => {
  it('opens by the Authorization header in any letter case, and by its alias', async () => {
    const userId = await makeUser()
    const { id, key } = await makeKey(userId)
    const expected = { kind: 'api_key', userId, keyId: id, scopes: [...scopes] }
    for (const headers of [
      { authorization: `Bearer ${key}` },
      { authorization: `bearer ${key}` },
      { authorization: `BEARER  ${key}` },
      { apikey: key },
      { authorization: 'Basic dTpw', apikey: key },
    ])
      expect(await ask(headers as Record<string, string>)).toEqual(expected)
  })

  it.each([
    ['Bearer'],
    ['Bearer '],
    ['Bearer KEY more'],
    ['BearerKEY'],
    ['Basic KEY'],
    ['KEY'],
    ['Bearer KEY, Bearer KEY'],
    ['Bearer KEYx'],
    [`Bearer ${'x'.repeat(10_000)}`],
    ['Bearer ü'],
  ])('does not open by %j', async (authorization) => {
    const { key } = await makeKey(await makeUser())
    expect(await ask({ authorization: authorization.replaceAll('KEY', key) })).toBeNull()
  })

  it('is final when it is wrong: the session is not asked', async () => {
    const cookie = await sessionOf(await makeUser())
    expect(await ask({ cookie })).not.toBeNull()
    expect(await ask({ cookie, authorization: 'Bearer wrong-key-0123456789' })).toBeNull()
    expect(await ask({ cookie, apikey: 'wrong-key-0123456789' })).toBeNull()
  })

  it.each(roles.map((role) => [role]))('attack 32: never exceeds the role of its user: %s', async (role) => {
    const { key } = await makeKey(await makeUser(role))
    expect((await ask({ apikey: key }))?.scopes).toEqual(scopesOfRole[role])
  })

  it('attack 32: has the scopes it was given and no other', async () => {
    const { key } = await makeKey(await makeUser(), ['run', 'read'])
    expect((await ask({ apikey: key }))?.scopes).toEqual(['read', 'run'])
  })

  it('is dead at once when it is revoked', async () => {
    const { id, key } = await makeKey(await makeUser())
    expect(await ask({ apikey: key })).not.toBeNull()
    await revokeApiKey({ ...callOf(), params: { id }, query: {}, body: null })
    expect(await ask({ apikey: key })).toBeNull()
  })

  it('is kept as a hash only, and remembers when it was used', async () => {
    const { id, key } = await makeKey(await makeUser())
    await ask({ apikey: key })
    await expect
      .poll(
        async () =>
          (await pool().query<{ last_used_at: Date | null }>('SELECT last_used_at FROM api_keys WHERE id = $1', [id]))
            .rows,
      )
      .toEqual([{ last_used_at: expect.any(Date) as Date }])
    const { rows } = await pool().query<{ row: string }>('SELECT k::text AS row FROM api_keys k')
    expect(rows[0]?.row).not.toContain(key.slice(12))
  })
})

describe('the automation key', () => {
  it('has the owner’s rights, before there is an owner and after', async () => {
    const rights = { kind: 'api_key', keyId: 'environment', scopes: scopesOfRole.owner }
    expect(await ask({ authorization: `Bearer ${automationKey}` })).toEqual({ ...rights, userId: null })
    const userId = await makeUser()
    expect(await ask({ apikey: automationKey })).toEqual({ ...rights, userId })
  })

  it('opens nothing when none is set', async () => {
    configureAuth({ host: '127.0.0.1' })
    expect(await ask({ apikey: automationKey })).toBeNull()
    expect(await ask({ apikey: '' })).toBeNull()
  })
})

describe('a session', () => {
  it.each(roles.map((role) => [role]))('attack 32: has the rights of the person’s role: %s', async (role) => {
    const userId = await makeUser(role)
    expect(await ask({ cookie: await sessionOf(userId) })).toEqual({
      kind: 'session',
      userId,
      keyId: null,
      scopes: scopesOfRole[role],
    })
  })

  it('is nobody’s when it was sealed elsewhere, is damaged, or its person is gone', async () => {
    const userId = await makeUser()
    const cookie = await sessionOf(userId)
    expect(await ask({ cookie: await sessionOf(userId, 'another secret') })).toBeNull()
    expect(await ask({ cookie: cookie.replace('token=ey', 'token=ex') })).toBeNull()
    expect(await ask({ cookie: await sessionOf(uuidV7()) })).toBeNull()
    expect(await ask({ cookie: await sessionOf('not an id') })).toBeNull()
    expect(await ask({ cookie: 'next-auth.session-token=; %%%' })).toBeNull()
  })

  it('ends when its person’s sessions begin anew; one from before sessions were told apart counts as the first', async () => {
    const userId = await makeUser()
    const cookie = await sessionOf(userId)
    expect(await ask({ cookie })).not.toBeNull()
    await replacePassword(userId, 'y')
    authState().users.clear()
    expect(await ask({ cookie })).toBeNull()
  })

  it('is no bearer token', async () => {
    const cookie = await sessionOf(await makeUser())
    const token = cookie.split('session-token=')[1]?.split(';')[0]
    expect(await ask({ authorization: `Bearer ${token}` })).toBeNull()
  })

  it('attack 34: cannot change anything on behalf of another site’s page', async () => {
    const cookie = await sessionOf(await makeUser())
    const refused = { code: 'FORBIDDEN' }
    await expect(ask({ cookie, origin: 'https://evil.example' }, 'POST')).rejects.toMatchObject(refused)
    await expect(ask({ cookie, 'sec-fetch-site': 'same-site' }, 'DELETE')).rejects.toMatchObject(refused)
    expect(await ask({ cookie, origin: 'http://localhost:3000' }, 'POST')).not.toBeNull()
    expect(await ask({ apikey: automationKey, origin: 'https://evil.example' }, 'POST')).not.toBeNull()
  })

  it('carries the __Secure- prefix when people come by https', async () => {
    configureAuth({ baseUrl: 'https://sluice.example', host: '127.0.0.1' })
    const cookie = await sessionOf(await makeUser())
    expect(await ask({ cookie })).toBeNull()
    expect(await ask({ cookie: cookie.replace('next-auth', '__Secure-next-auth') })).not.toBeNull()
  })
})
