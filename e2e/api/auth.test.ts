import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../test/server'
import { send } from './client'

const owner = { email: 'owner@example.com', password: 'correct horse' }

describe('the first run and signing in, over the wire', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.stop())

  const visit = (path: string, init: RequestInit = {}) => fetch(server.url + path, { redirect: 'manual', ...init })
  const json = { 'content-type': 'application/json' }

  /** Signs in as the page does. Returns the answer's status and the cookies to send from now on. */
  async function signIn(password: string): Promise<{ status: number; cookie: string }> {
    const csrf = await visit('/api/auth/csrf')
    const { csrfToken } = (await csrf.json()) as { csrfToken: string }
    const answer = await visit('/api/auth/callback/credentials', {
      method: 'POST',
      headers: { ...json, cookie: cookiesOf(csrf) },
      body: JSON.stringify({ email: owner.email, password, csrfToken, json: true, callbackUrl: '/' }),
    })
    return { status: answer.status, cookie: cookiesOf(answer) }
  }

  it('a visitor of a new installation is sent to the first run', async () => {
    // The page's frame is sent before it is known who asks, so this redirect is the browser's to follow.
    expect(await (await visit('/')).text()).toContain('/sign-in')
    expect((await visit('/sign-in')).headers.get('location')).toBe('/first-run')
    expect(await (await visit('/first-run')).text()).toContain('Create the owner')
  })

  it('the first run creates the owner once, and closes', async () => {
    const create = () => send(server, 'POST', '/api/auth/first-run', { key: null, body: owner })
    expect((await create()).status).toBe(201)
    expect(await create()).toMatchObject({ status: 403, body: { error_code: 'FORBIDDEN' } })
    expect((await visit('/first-run')).headers.get('location')).toBe('/sign-in')
  })

  it('the session opens pages and API alike, on both roads', async () => {
    expect((await signIn('wrong')).status).toBe(401)
    const { status, cookie } = await signIn(owner.password)
    expect(status).toBe(200)
    expect((await visit('/api/workflows', { headers: { cookie } })).status).toBe(200)
    expect((await visit('/', { headers: { cookie } })).status).toBe(200)
    expect((await visit('/sign-in', { headers: { cookie } })).headers.get('location')).toBe('/')
  })

  it('attack 34: a page of another site cannot use the session, and reads nothing', async () => {
    const { cookie } = await signIn(owner.password)
    const origin = 'https://evil.example'
    const forged = await visit('/api/workflows', {
      method: 'POST',
      headers: { ...json, cookie, origin },
      body: '{"name":"forged"}',
    })
    expect(forged.status).toBe(403)
    const read = await visit('/api/workflows', { headers: { cookie, origin } })
    expect(read.headers.get('access-control-allow-origin')).toBeNull()
    const preflight = await visit('/api/workflows', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  })
})

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
