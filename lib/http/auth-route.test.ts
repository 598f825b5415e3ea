import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { useTestDatabase } from '../../test/database'
import { authState, configureAuth } from '../auth/auth-state'
import { authenticate } from '../auth/authenticate'
import { hashPassword } from '../auth/passwords'
import { pool } from '../data/database'
import { useEncryptionKey } from '../data/encryption'
import { insertUser, replacePassword } from '../data/users'
import { uuidV7 } from '../data/uuid-v7'
import { signInAttemptsPerMinute } from '../limits'
import { authRoute } from './auth-route'

useTestDatabase()
const email = 'ada@example.com'
const password = 'correct horse'
const userId = uuidV7()

beforeEach(async () => {
  useEncryptionKey(randomBytes(32))
  configureAuth({ host: '127.0.0.1' })
  await pool().query('DELETE FROM users')
  await insertUser({ id: userId, email, name: 'Ada', role: 'owner', passwordHash: await hashPassword(password) })
})

interface Visit {
  status: number
  body: Record<string, unknown>
  location: string | null
  cookie: string
  headers: Headers
}

async function visit(path: string, init: RequestInit & { cookie?: string } = {}): Promise<Visit> {
  const headers = new Headers(init.headers)
  if (init.cookie) headers.set('cookie', init.cookie)
  const response = await authRoute(new Request(`http://localhost:3000/api/auth/${path}`, { ...init, headers }))
  const text = await response.text()
  return {
    status: response.status,
    body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
    location: response.headers.get('location'),
    cookie: response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; '),
    headers: response.headers,
  }
}

/** Signs in as the page does: the CSRF token first, then the form. */
async function signIn(fields: Record<string, string>, address = '198.51.100.7'): Promise<Visit> {
  const csrf = await visit('csrf')
  return visit('callback/credentials', {
    method: 'POST',
    cookie: csrf.cookie,
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ csrfToken: csrf.body['csrfToken'], json: true, callbackUrl: '/', ...fields }),
  })
}

const whoIs = (cookie: string) =>
  authenticate(new Request('http://localhost:3000/api/workflows', { headers: { cookie } }))

describe('signing in', () => {
  it('with e-mail, letter case ignored, and password makes a session', async () => {
    const answer = await signIn({ email: ' Ada@Example.com ', password })
    expect(answer).toMatchObject({ status: 200, body: { url: '/' } })
    expect(await whoIs(answer.cookie)).toMatchObject({ kind: 'session', userId })
    const session = answer.headers.getSetCookie().find((cookie) => cookie.includes('session-token'))
    expect(session).toMatch(/HttpOnly/)
    expect(session).toMatch(/SameSite=Lax/)
  })

  it('works as a plain form, without a script', async () => {
    const csrf = await visit('csrf')
    const answer = await visit('callback/credentials', {
      method: 'POST',
      cookie: csrf.cookie,
      body: new URLSearchParams({ csrfToken: String(csrf.body['csrfToken']), email, password, callbackUrl: '/x?y=1' }),
    })
    expect(answer).toMatchObject({ status: 302, location: '/x?y=1' })
    expect(await whoIs(answer.cookie)).toMatchObject({ userId })
  })

  it.each([
    [{ email, password: 'wrong' }],
    [{ email: 'nobody@example.com', password }],
    [{ email, password: '' }],
    [{ email: '', password: '' }],
    [{ email: 'a\0b', password }],
    [{ email, password: 'x'.repeat(100_000) }],
  ])('is refused alike for whatever is wrong', async (fields) => {
    const answer = await signIn(fields)
    expect(answer.status).toBe(401)
    expect(answer.body).toEqual({ error: 'The e-mail address or the password is not right' })
    expect(answer.cookie).not.toContain('session-token')
  })

  it('attack 34: is refused without the CSRF token', async () => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ email, password, json: true })
    const answer = await visit('callback/credentials', { method: 'POST', headers, body })
    expect(answer).toMatchObject({ status: 403, body: { error_code: 'FORBIDDEN' } })
    expect(answer.cookie).not.toContain('session-token')
  })

  it('is refused for the rest of the minute after too many wrong passwords from one address', async () => {
    for (let i = 0; i < signInAttemptsPerMinute; i++)
      expect((await signIn({ email, password: 'wrong' })).status).toBe(401)
    const answer = await signIn({ email, password })
    expect(answer).toMatchObject({ status: 429, body: { error_code: 'RATE_LIMITED' } })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await signIn({ email, password }, '198.51.100.8')).status).toBe(200)
  })

  it.each([['https://evil.example/'], ['//evil.example'], ['/\\evil.example'], ['javascript:alert(1)']])(
    'never leads to %s',
    async (callbackUrl) => {
      const answer = await signIn({ email, password, callbackUrl })
      expect(JSON.stringify(answer.body)).not.toContain('evil')
      expect(JSON.stringify(answer.body)).not.toContain('javascript')
    },
  )
})

describe('signing out', () => {
  it('takes the session cookie away', async () => {
    const csrf = await visit('csrf')
    const answer = await visit('signout', {
      method: 'POST',
      cookie: csrf.cookie,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ csrfToken: csrf.body['csrfToken'], json: true, callbackUrl: '/sign-in' }),
    })
    expect(answer).toMatchObject({ status: 200, body: { url: '/sign-in' } })
  })
})

describe('the other addresses under /api/auth', () => {
  it('tell who is signed in', async () => {
    const { cookie } = await signIn({ email, password })
    expect((await visit('session', { cookie })).body).toMatchObject({ user: { name: 'Ada', email } })
    expect((await visit('session')).body).toEqual({})
  })

  it('know nobody by a session that a changed password ended, and renew it no more', async () => {
    const { cookie } = await signIn({ email, password })
    const renewed = await visit('session', { cookie })
    expect(await whoIs(renewed.cookie)).toMatchObject({ userId })
    await replacePassword(userId, await hashPassword('another'))
    authState().users.clear()
    for (const ended of [cookie, renewed.cookie]) {
      const answer = await visit('session', { cookie: ended })
      expect(answer.body).toEqual({})
      expect(await whoIs(answer.cookie)).toBeNull()
    }
    expect(await whoIs((await signIn({ email, password: 'another' })).cookie)).toMatchObject({ userId })
  })

  it('send a visitor to our own page, keeping only where to go next', async () => {
    expect(await visit('signin')).toMatchObject({
      status: 302,
      location: expect.stringMatching(/^\/sign-in/) as string,
    })
  })

  it.each([
    ['unknown', 'GET', 404, 'NOT_FOUND'],
    ['callback/github', 'POST', 404, 'NOT_FOUND'],
    ['__proto__', 'GET', 404, 'NOT_FOUND'],
    ['callback/credentials', 'GET', 405, 'METHOD_NOT_ALLOWED'],
    ['csrf', 'POST', 405, 'METHOD_NOT_ALLOWED'],
  ])('answer %s %s with JSON', async (path, method, status, error_code) => {
    const answer = await visit(path, { method })
    expect(answer).toMatchObject({ status, body: { error_code } })
    expect(answer.headers.get('x-request-id')).toBeTruthy()
  })

  it('attack 13: pass over fields that are no text', async () => {
    const headers = { 'content-type': 'application/json' }
    const body = '{"email": {"toString": ""}, "csrfToken": [null]}'
    expect(await visit('callback/credentials', { method: 'POST', headers, body })).toMatchObject({ status: 403 })
  })

  it('answer a body that is not JSON with 400', async () => {
    const headers = { 'content-type': 'application/json' }
    expect(await visit('callback/credentials', { method: 'POST', headers, body: '{' })).toMatchObject({ status: 400 })
  })
})
