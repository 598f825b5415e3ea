import 'server-only'
import { timingSafeEqual } from 'node:crypto'
import { authState, hashOfKey, isLoopbackHost } from '../auth/auth-state'
import { isCrossSite } from '../auth/cross-site'
import { hashPassword } from '../auth/passwords'
import type { Call, CallRequest } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { CreateOwnerBody } from '../contract/settings'
import { insertFirstOwner, ownerExists } from '../data/users'
import { uuidV7 } from '../data/uuid-v7'

/** Creates the installation's owner at the first run. The one-time code the server printed proves that the caller can
 *  see the server's console; on loopback, being on the machine is enough.
 *  @throws FORBIDDEN when there is a user already, or the code is not right; RATE_LIMITED after too many wrong codes. */
export async function createOwner({
  body,
  request,
}: Call<object, object, CreateOwnerBody>): Promise<{ id: string; email: string }> {
  if (isCrossSite(request)) throw new AppError('FORBIDDEN', 'A page of another site may not create the owner')
  if (await ownerExists()) throw alreadyOwned()
  checkCode(body.code, request)
  const owner = await insertFirstOwner({
    id: uuidV7(),
    email: body.email,
    name: body.name ?? '',
    passwordHash: await hashPassword(body.password),
  })
  if (!owner) throw alreadyOwned()
  authState().users.clear()
  return { id: owner.id, email: owner.email }
}

function checkCode(presented: string | undefined, request: CallRequest): void {
  const { firstRunCode, firstRuns } = authState()
  if (firstRunCode === null) {
    if (isLoopbackHost(hostNameOf(request))) return
    // A page whose own name was pointed at 127.0.0.1 is here under that name.
    throw new AppError('FORBIDDEN', 'Open the first run at http://127.0.0.1 or http://localhost, on the machine itself')
  }
  const retryAfterSeconds = firstRuns.take(request.remoteAddress ?? 'unknown')
  if (retryAfterSeconds > 0)
    throw new AppError(
      'RATE_LIMITED',
      `Too many attempts: try again in ${retryAfterSeconds} s`,
      {},
      { retryAfterSeconds },
    )
  const code = presented?.trim().toUpperCase() ?? ''
  if (!timingSafeEqual(hashOfKey(code), hashOfKey(firstRunCode)))
    throw new AppError('FORBIDDEN', 'The one-time code is not the one the server printed when it started')
}

function hostNameOf(request: CallRequest): string {
  const url = `http://${request.headers.get('host') ?? request.url.host}`
  return URL.canParse(url) ? new URL(url).hostname : ''
}

function alreadyOwned(): AppError {
  return new AppError('FORBIDDEN', 'This installation has its owner already: sign in')
}
