import 'server-only'
import { AppError } from '../contract/errors'
import { findUserByEmail, type User } from '../data/users'
import { maxEmailChars, maxPasswordChars } from '../limits'
import { authState } from './auth-state'
import { isPasswordRight } from './passwords'

/** Checks an e-mail address and password. Returns null when they are no user's, in the same time whether the address is
 *  known or not. Attempts are counted by e-mail and `remoteAddress`; a right one clears its count.
 *  @throws RATE_LIMITED when a minute's attempts are used up, whatever the password. */
export async function signIn(attempt: {
  email: string
  password: string
  remoteAddress: string
}): Promise<User | null> {
  const email = attempt.email.trim().toLowerCase()
  if (email.length > maxEmailChars || attempt.password.length > maxPasswordChars || email.includes('\0')) return null
  const { signIns, signInsOfEmail } = authState()
  const who = `${email} ${attempt.remoteAddress}`
  // Both are taken before the password is looked at: attempts sent at once are counted too.
  const retryAfterSeconds = signIns.take(who) || signInsOfEmail.take(email)
  if (retryAfterSeconds > 0)
    throw new AppError(
      'RATE_LIMITED',
      `Too many attempts: try again in ${retryAfterSeconds} s`,
      {},
      { retryAfterSeconds },
    )
  const found = await findUserByEmail(email)
  if (!(await isPasswordRight(attempt.password, found?.passwordHash ?? null)) || !found) return null
  signIns.forgive(who)
  return found.user
}
