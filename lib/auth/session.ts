import 'server-only'
import { decode, encode, type JWT } from 'next-auth/jwt'
import { scopesOfRole, type Principal } from '../contract/principal'
import { isUuid } from '../contract/ids'
import { deriveKey } from '../data/encryption'
import { findUser, type User } from '../data/users'
import { sessionHours } from '../limits'
import { authState } from './auth-state'

/** Finds the person a `Cookie` header signs in. The role is read from the database, not from the cookie: taking a
 *  person's rights away works at once (within `principalCacheMs`). */
export async function principalOfSession(cookieHeader: string | null): Promise<Principal | null> {
  const token = cookieHeader === null ? undefined : parseCookies(cookieHeader)[sessionCookieName()]
  if (!token) return null
  const claims = await readToken(token)
  return claims && principalOfClaims(claims)
}

/** Finds the person an opened session belongs to; null once it has ended. Its epoch is compared where the role is read,
 *  so a session that goes on costs no query of its own. */
export async function principalOfClaims({ sub: userId, sessionEpoch }: JWT): Promise<Principal | null> {
  if (!isUuid(userId)) return null
  // Sessions made before they were told apart carry no epoch: theirs is the first.
  const epoch = sessionEpoch ?? 0
  if (typeof epoch !== 'number') return null
  return authState().users.get(`${userId} ${epoch}`, () => loadUser(userId, epoch))
}

/** A new session for a person whose password was just checked, as the `Set-Cookie` header says it: with the attributes
 *  next-auth gives its own. */
export async function sessionCookie({ id: sub, email, name, sessionEpoch }: User): Promise<string> {
  const maxAge = sessionHours * 3600
  const token = await encode({ token: { sub, email, name, sessionEpoch }, secret: sessionSecret(), maxAge })
  const expires = new Date(Date.now() + maxAge * 1000).toUTCString()
  const secure = authState().isSecure ? '; Secure' : ''
  return `${sessionCookieName()}=${token}; Path=/; Expires=${expires}; HttpOnly${secure}; SameSite=Lax`
}

/** Name of the cookie that carries the session. */
export function sessionCookieName(): string {
  return `${authState().isSecure ? '__Secure-' : ''}next-auth.session-token`
}

/** What sessions are sealed with: it follows from the installation's key, so there is nothing more to keep. */
export function sessionSecret(): string {
  return deriveKey('session').toString('base64')
}

/** Splits a `Cookie` header. Of equal names the first counts. Source: RFC 6265, section 4.2.1. */
export function parseCookies(header: string): Record<string, string> {
  const cookies: [string, string][] = []
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=')
    if (at > 0) cookies.push([pair.slice(0, at).trim(), decodeValue(pair.slice(at + 1).trim())])
  }
  return Object.fromEntries(cookies.reverse())
}

async function readToken(token: string): Promise<JWT | null> {
  try {
    return await decode({ token, secret: sessionSecret() })
  } catch {
    // Expired, tampered with, or sealed under another installation's key: nobody is signed in.
    return null
  }
}

async function loadUser(userId: string, epoch: number): Promise<Principal | null> {
  const user = await findUser(userId)
  return user?.sessionEpoch !== epoch ? null : { kind: 'session', userId, keyId: null, scopes: scopesOfRole[user.role] }
}

function decodeValue(value: string): string {
  const bare = value.startsWith('"') && value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value
  try {
    return decodeURIComponent(bare)
  } catch {
    return bare
  }
}
