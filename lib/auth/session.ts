import 'server-only'
import { decode } from 'next-auth/jwt'
import { scopesOfRole, type Principal } from '../contract/principal'
import { isUuid } from '../contract/ids'
import { deriveKey } from '../data/encryption'
import { findUser } from '../data/users'
import { authState } from './auth-state'

/** Finds the person a `Cookie` header signs in. The role is read from the database, not from the cookie: taking a
 *  person's rights away works at once (within `principalCacheMs`). */
export async function principalOfSession(cookieHeader: string | null): Promise<Principal | null> {
  const token = cookieHeader === null ? undefined : parseCookies(cookieHeader)[sessionCookieName()]
  if (!token) return null
  const userId = await readToken(token)
  return userId === null ? null : authState().users.get(userId, () => loadUser(userId))
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

async function readToken(token: string): Promise<string | null> {
  try {
    const claims = await decode({ token, secret: sessionSecret() })
    return isUuid(claims?.sub) ? claims.sub : null
  } catch {
    // Expired, tampered with, or sealed under another installation's key: nobody is signed in.
    return null
  }
}

async function loadUser(userId: string): Promise<Principal | null> {
  const user = await findUser(userId)
  return user && { kind: 'session', userId, keyId: null, scopes: scopesOfRole[user.role] }
}

function decodeValue(value: string): string {
  const bare = value.startsWith('"') && value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value
  try {
    return decodeURIComponent(bare)
  } catch {
    return bare
  }
}
