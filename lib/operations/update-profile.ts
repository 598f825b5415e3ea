import 'server-only'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { UpdateProfileBody } from '../contract/profile'
import { renameUser } from '../data/users'
import { personOf } from './person-of'

/** Changes the name of whoever is signed in. @throws FORBIDDEN for a caller that is no person. */
export async function updateProfile({
  principal,
  body,
}: Call<object, object, UpdateProfileBody>): Promise<{ ok: true }> {
  if (!(await renameUser(personOf(principal), body.name))) throw new AppError('NOT_FOUND', 'The person is gone')
  return { ok: true }
}
