import 'server-only'
import { randomBytes } from 'node:crypto'
import { hashOfKey } from '../auth/auth-state'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import { scopes, type Scope } from '../contract/principal'
import type { CreateApiKeyBody } from '../contract/settings'
import { insertApiKey } from '../data/api-keys'
import { uuidV7 } from '../data/uuid-v7'

const keyMark = 'sluice_'
const keyRandomBytes = 32
const prefixChars = 12

/** Creates an API key with the caller's rights or fewer. The answer is the only place that ever shows the key.
 *  @throws FORBIDDEN when a scope is asked for that the caller does not have. */
export async function createApiKey({ principal, body }: Call<object, object, CreateApiKeyBody>): Promise<{
  id: string
  name: string
  key: string
  prefix: string
  scopes: Scope[]
}> {
  const asked = body.scopes ?? principal.scopes
  const tooMuch = asked.find((scope) => !principal.scopes.includes(scope))
  if (tooMuch) throw new AppError('FORBIDDEN', `A key cannot have the scope "${tooMuch}": its creator does not have it`)
  const id = uuidV7()
  const key = keyMark + randomBytes(keyRandomBytes).toString('base64url')
  const created = {
    id,
    name: body.name,
    prefix: key.slice(0, prefixChars),
    scopes: scopes.filter((scope) => asked.includes(scope)),
  }
  await insertApiKey({ ...created, userId: principal.userId, hash: hashOfKey(key) })
  return { id, name: created.name, key, prefix: created.prefix, scopes: created.scopes }
}
