import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { callOf } from '../../test/call'
import { useTestDatabase } from '../../test/database'
import { configureAuth } from '../auth/auth-state'
import { authenticate } from '../auth/authenticate'
import { hashPassword } from '../auth/passwords'
import { sessionCookie } from '../auth/session'
import { signIn } from '../auth/sign-in'
import type { Call } from '../contract/endpoint'
import { changePasswordBody, type ChangePasswordBody } from '../contract/profile'
import { pool } from '../data/database'
import { useEncryptionKey } from '../data/encryption'
import { findUserByEmail, insertUser } from '../data/users'
import { uuidV7 } from '../data/uuid-v7'
import { minPasswordChars, signInAttemptsPerMinute } from '../limits'
import { changePassword } from './change-password'
import { createApiKey } from './create-api-key'

useTestDatabase()
const email = 'ada@example.com'
const old = 'correct horse'
const fresh = 'battery staple'
const userId = uuidV7()

beforeEach(async () => {
  useEncryptionKey(randomBytes(32))
  configureAuth({ host: '127.0.0.1' })
  await pool().query('DELETE FROM api_keys')
  await pool().query('DELETE FROM users')
  await insertUser({ id: userId, email, name: 'Ada', role: 'viewer', passwordHash: await hashPassword(old) })
})

async function openSession(): Promise<string> {
  const found = await findUserByEmail(email)
  if (!found) throw new Error('the user is gone')
  return bare(await sessionCookie(found.user))
}

const bare = (cookie: string | undefined) => cookie?.split(';')[0] ?? ''
const whoIs = (headers: Record<string, string>) =>
  authenticate(new Request('http://localhost:3000/api/workflows', { headers }))
const signInWith = (password: string) => signIn({ email, password, remoteAddress: 'elsewhere' })

function calling(
  principal: Call['principal'],
  current: string,
  next = fresh,
): Call<object, object, ChangePasswordBody> {
  return {
    ...callOf<object, object, ChangePasswordBody>({ body: { current_password: current, new_password: next } }),
    principal,
  }
}

const change = (current: string, next?: string) =>
  changePassword(calling({ kind: 'session', userId, keyId: null, scopes: ['read'] }, current, next))

describe('changing the password', () => {
  it('takes the new one and no longer the old one', async () => {
    await change(old)
    expect(await signInWith(old)).toBeNull()
    expect(await signInWith(fresh)).toMatchObject({ email })
    expect((await findUserByEmail(email))?.passwordHash).toMatch(/^\$argon2id\$/)
  })

  it('ends every other session at once, and the one at hand goes on under a new cookie', async () => {
    const [here, elsewhere] = [await openSession(), await openSession()]
    expect(await whoIs({ cookie: here })).toMatchObject({ userId })
    const { headers } = await change(old)
    expect(headers['set-cookie']).toMatch(/; Path=\/; Expires=.* GMT; HttpOnly; SameSite=Lax$/)
    expect(await whoIs({ cookie: elsewhere })).toBeNull()
    expect(await whoIs({ cookie: here })).toBeNull()
    expect(await whoIs({ cookie: bare(headers['set-cookie']) })).toMatchObject({ kind: 'session', userId })
    expect(await whoIs({ cookie: await openSession() })).toMatchObject({ userId })
  })

  it('leaves the person’s API keys as they are', async () => {
    const principal = { kind: 'session', userId, keyId: null, scopes: ['read'] } as const
    const { key } = await createApiKey({ ...callOf({ body: { name: 'CI' } }), query: {}, principal })
    await change(old)
    expect(await whoIs({ apikey: key })).toMatchObject({ kind: 'api_key', userId })
  })

  it('needs the current one, and says so without a word of either', async () => {
    const cookie = await openSession()
    const refused = change('a wrong guess')
    await expect(refused).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      message: 'The current password is not right',
      details: { issues: [{ path: 'current_password' }] },
    })
    expect(await refused.catch((error: unknown) => JSON.stringify(error))).not.toMatch(/guess|staple/)
    expect(await whoIs({ cookie })).toMatchObject({ userId })
    expect(await signInWith(old)).not.toBeNull()
  })

  it('is refused for the rest of the minute after too many wrong ones, as signing in is', async () => {
    for (let i = 0; i < signInAttemptsPerMinute; i++)
      await expect(change(`wrong ${i}`)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
    await expect(change(old)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    expect(await signInWith(old)).not.toBeNull()
  })

  it('is for the person alone: no key does it, whatever it knows', async () => {
    const key = { kind: 'api_key', userId, keyId: uuidV7(), scopes: ['read', 'run', 'write', 'admin'] } as const
    await expect(changePassword(calling(key, old))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await signInWith(old)).not.toBeNull()
  })

  it('has the rules of the first run', () => {
    const isFine = (password: string) =>
      changePasswordBody.safeParse({ current_password: old, new_password: password }).success
    expect(isFine('x'.repeat(minPasswordChars))).toBe(true)
    expect(isFine('x'.repeat(minPasswordChars - 1))).toBe(false)
    expect(isFine('x'.repeat(1_001))).toBe(false)
  })
})
