import 'server-only'
import { timingSafeEqual } from 'node:crypto'
import { AppError } from '../contract/errors'
import { scopesOfRole, type Principal } from '../contract/principal'
import { findApiKey, touchApiKey } from '../data/api-keys'
import { firstOwnerId } from '../data/users'
import { lastUsedStepMs, maxApiKeyChars, minApiKeyChars } from '../limits'
import { authState, hashOfKey } from './auth-state'
import { isCrossSite } from './cross-site'
import { principalOfSession } from './session'

/** Finds who is asking: `Authorization: Bearer <key>`, else `apikey: <key>`, else the browser's session. Null when
 *  nobody was recognised; a key that was sent and is wrong is final. Source: API contract, section 1.
 *  @throws FORBIDDEN when a session's cookie came with a change that another site asked for. */
export async function authenticate(request: AskingRequest): Promise<Principal | null> {
  const key = readPresentedKey(request.headers)
  if (key !== undefined) return principalOfKey(key)
  const principal = await principalOfSession(request.headers.get('cookie'))
  if (principal && isCrossSite(request))
    throw new AppError('FORBIDDEN', 'A page of another site may not act for the person who is signed in here')
  return principal
}

/** A request, as far as it says who sends it. */
interface AskingRequest {
  method: string
  headers: Headers
  url: string | URL
}

/** The key a request carries; undefined when it carries none. A bearer header that is not exactly two parts is a wrong
 *  key; headers of other schemes belong to whoever stands in front of us. */
function readPresentedKey(headers: Headers): string | undefined {
  const parts =
    headers
      .get('authorization')
      ?.trim()
      .split(/[ \t]+/) ?? []
  if (parts[0]?.toLowerCase() === 'bearer') return parts.length === 2 ? (parts[1] ?? '') : ''
  return headers.get('apikey')?.trim()
}

async function principalOfKey(key: string): Promise<Principal | null> {
  if (key.length < minApiKeyChars || key.length > maxApiKeyChars) return null
  const { automationKeyHash, keys, users } = authState()
  const hash = hashOfKey(key)
  if (automationKeyHash && timingSafeEqual(hash, automationKeyHash)) {
    const owner = await users.get('first owner', async () => {
      const userId = await firstOwnerId()
      return userId === null ? null : automation(userId)
    })
    return owner ?? automation(null)
  }
  const found = await keys.get(hash.toString('base64'), () => loadKey(hash))
  if (!found) return null
  const nowMs = Date.now()
  if (found.lastUsedMs < nowMs - lastUsedStepMs) {
    found.lastUsedMs = nowMs
    noteUse(found.principal.keyId ?? '')
  }
  return found.principal
}

async function loadKey(hash: Buffer): Promise<{ principal: Principal; lastUsedMs: number } | null> {
  const found = await findApiKey(hash)
  if (!found) return null
  const scopes = scopesOfRole[found.role].filter((scope) => found.scopes.includes(scope))
  return {
    principal: { kind: 'api_key', userId: found.userId, keyId: found.id, scopes },
    lastUsedMs: found.lastUsedAt?.getTime() ?? 0,
  }
}

/** The request does not wait for the note; one that cannot be written is dropped, the next use writes it. */
function noteUse(keyId: string): void {
  touchApiKey(keyId).catch(() => undefined)
}

function automation(userId: string | null): Principal {
  return { kind: 'api_key', userId, keyId: 'environment', scopes: scopesOfRole.owner }
}
