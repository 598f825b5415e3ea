import 'server-only'
import { authState } from '../auth/auth-state'
import { hashPassword } from '../auth/passwords'
import { sessionCookie } from '../auth/session'
import { signIn } from '../auth/sign-in'
import { Answer, type Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { ChangePasswordBody } from '../contract/profile'
import { findUser, replacePassword } from '../data/users'
import { personOf } from './person-of'

/** Changes the password of whoever is signed in. Every session ends: at once in this process, within `principalCacheMs`
 *  in others of the installation. The caller's goes on under the cookie of the answer; API keys stay as they are.
 *  @throws VALIDATION_ERROR when the current password is not right, RATE_LIMITED after too many of those, counted
 *  together with failed sign-ins; FORBIDDEN for a caller that is no person. */
export async function changePassword({
  principal,
  body,
  request,
}: Call<object, object, ChangePasswordBody>): Promise<Answer> {
  const userId = personOf(principal)
  const asking = await findUser(userId)
  if (!asking) throw gone()
  const remoteAddress = request.remoteAddress ?? 'unknown'
  if (!(await signIn({ email: asking.email, password: body.current_password, remoteAddress }))) throw wrongPassword()
  const user = await replacePassword(userId, await hashPassword(body.new_password))
  if (!user) throw gone()
  authState().users.clear()
  return new Answer(200, { json: { ok: true } }, { 'set-cookie': await sessionCookie(user) })
}

function wrongPassword(): AppError {
  const message = 'The current password is not right'
  return new AppError('VALIDATION_ERROR', message, { issues: [{ path: 'current_password', message }] })
}

function gone(): AppError {
  return new AppError('NOT_FOUND', 'The person is gone')
}
