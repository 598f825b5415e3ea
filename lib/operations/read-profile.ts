import 'server-only'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { Profile } from '../contract/profile'
import { findUser } from '../data/users'

/** Reads who is signed in. @throws NOT_FOUND for a caller that is no person. */
export async function readProfile({ principal }: Call): Promise<Profile> {
  const user = principal.userId === null ? null : await findUser(principal.userId)
  if (!user) throw new AppError('NOT_FOUND', 'There is no person behind this call')
  return { name: user.name, email: user.email, role: user.role }
}
