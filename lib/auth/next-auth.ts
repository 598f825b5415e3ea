import 'server-only'
import NextAuth, { type NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import type { NextApiRequest, NextApiResponse } from 'next'
import { AppError } from '../contract/errors'
import type { User } from '../data/users'
import { sessionHours } from '../limits'
import { authState } from './auth-state'
import { parseCookies, principalOfClaims, sessionSecret } from './session'
import { signIn } from './sign-in'

/** What of next-auth is offered, and by which method. The rest serves providers and pages that we do not have. */
const actions: Record<string, string> = {
  csrf: 'GET',
  session: 'GET',
  providers: 'GET',
  signin: 'GET',
  'callback/credentials': 'POST',
  signout: 'POST',
}

/** Answers `/api/auth/<action>`: next-auth, spoken to in web requests and responses, so that it needs no framework and
 *  no address of its own (every redirect is a path). `body` holds the fields that were sent.
 *  @throws NOT_FOUND, METHOD_NOT_ALLOWED, RATE_LIMITED, UNAUTHORIZED for a wrong password, FORBIDDEN without the CSRF
 *  token. */
export async function answerAuthRequest(call: {
  request: Request
  body: Record<string, unknown>
  remoteAddress: string
}): Promise<Response> {
  const url = new URL(call.request.url)
  const action = url.pathname.replace(/^\/api\/auth\//, '')
  const method = Object.hasOwn(actions, action) ? actions[action] : undefined
  if (!method) throw new AppError('NOT_FOUND', `There is no ${url.pathname}`)
  if (call.request.method !== method)
    throw new AppError('METHOD_NOT_ALLOWED', `${url.pathname} answers to ${method} only`, {}, { allow: method })
  const { options, failure } = nextAuthOptions(call.remoteAddress)
  const answer = new CollectedAnswer()
  const asked = {
    method,
    headers: Object.fromEntries(call.request.headers),
    cookies: parseCookies(call.request.headers.get('cookie') ?? ''),
    query: { ...Object.fromEntries(url.searchParams), nextauth: action.split('/') },
    // Only fields that are text mean something to next-auth; a flag as JSON is one of them.
    body: Object.fromEntries(
      Object.entries(call.body).flatMap(([key, value]) =>
        typeof value === 'string' || typeof value === 'boolean' ? [[key, String(value)]] : [],
      ),
    ),
  }
  // next-auth reads nothing of the two but what `asked` and `CollectedAnswer` have (its next/index.js, NextAuthApiHandler).
  await NextAuth(asked as unknown as NextApiRequest, answer as unknown as NextApiResponse, options)
  const error = failure()
  if (error) throw error
  if (answer.location.includes('csrf=true')) throw new AppError('FORBIDDEN', 'The CSRF token is missing or out of date')
  if (answer.code === 401) throw new AppError('UNAUTHORIZED', 'The e-mail address or the password is not right')
  return answer.toResponse()
}

function nextAuthOptions(remoteAddress: string): { options: NextAuthOptions; failure: () => Error | null } {
  let failure: Error | null = null
  let signedIn: User | null = null
  const credentials = Credentials({
    credentials: { email: {}, password: {} },
    async authorize(fields) {
      try {
        return (signedIn = await signIn({
          email: fields?.email ?? '',
          password: fields?.password ?? '',
          remoteAddress,
        }))
      } catch (error) {
        // next-auth would turn it into a redirect with the message in its address.
        failure = error instanceof Error ? error : new Error('sign-in failed', { cause: error })
        return null
      }
    },
  })
  const options: NextAuthOptions = {
    providers: [credentials],
    secret: sessionSecret(),
    session: { strategy: 'jwt', maxAge: sessionHours * 3600 },
    useSecureCookies: authState().isSecure,
    pages: { signIn: '/sign-in', error: '/sign-in' },
    callbacks: {
      redirect: ({ url }) => localPath(url),
      async jwt({ token }) {
        if (signedIn) return { ...token, sessionEpoch: signedIn.sessionEpoch }
        // Thrown, it makes next-auth take the cookie away instead of renewing it.
        if (!(await principalOfClaims(token))) throw new Error('the session has ended')
        return token
      },
    },
    // It warns that it does not know its address, which it never needs here, and of cookies that do not open.
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  }
  return { options, failure: () => failure }
}

/** Where to go after sign-in: a path of ours, never another site. */
function localPath(url: string): string {
  return /^\/(?![/\\])/.test(url) ? url : '/'
}

/** The part of Node's response that next-auth writes to. */
class CollectedAnswer {
  code = 200
  location = ''
  private readonly headers = new Map<string, string | string[]>()
  private text = ''

  status(code: number): this {
    this.code = code
    return this
  }
  getHeader(name: string): string | string[] | undefined {
    return this.headers.get(name.toLowerCase())
  }
  setHeader(name: string, value: string | string[]): void {
    if (name.toLowerCase() === 'location') this.location = String(value)
    this.headers.set(name.toLowerCase(), value)
  }
  json(value: { url?: string }): void {
    this.location = value.url ?? ''
    this.send(value.url === undefined ? value : { url: pathOf(value.url) })
  }
  send(value: unknown): void {
    this.text = typeof value === 'string' ? value : JSON.stringify(value ?? {})
    if (typeof value !== 'string') this.setHeader('content-type', 'application/json')
  }
  end(): void {
    // The whole answer is collected; there is nothing to flush.
  }

  toResponse(): Response {
    const headers = new Headers()
    for (const [name, value] of this.headers)
      for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one)
    headers.set('cache-control', 'no-store')
    headers.set('x-content-type-options', 'nosniff')
    if (headers.has('location')) headers.set('location', pathOf(this.location))
    return new Response(this.text || null, { status: this.code, headers })
  }
}

function pathOf(location: string): string {
  const { pathname, search } = new URL(location, 'http://sluice')
  return pathname + search
}
