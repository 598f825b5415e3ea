import 'server-only'
import { createOwnerBody } from '../contract/settings'
import { uuidV7 } from '../data/uuid-v7'
import { insertFirstOwner, ownerExists } from '../data/users'
import { hashPassword } from './passwords'

/** Creates the owner that `SLUICE_OWNER_EMAIL` and `SLUICE_OWNER_PASSWORD` name, when there is no user yet. Returns
 *  whether it did. @throws Error with one line when the two are not usable. */
export async function ensureOwnerFromEnv(env: {
  SLUICE_OWNER_EMAIL?: string | undefined
  SLUICE_OWNER_PASSWORD?: string | undefined
}): Promise<boolean> {
  const { SLUICE_OWNER_EMAIL: email, SLUICE_OWNER_PASSWORD: password } = env
  if (!email && !password) return false
  if (!email || !password) throw new Error('SLUICE_OWNER_EMAIL and SLUICE_OWNER_PASSWORD must be set together.')
  if (await ownerExists()) return false
  const owner = createOwnerBody.safeParse({ email, password })
  if (!owner.success) {
    const issue = owner.error.issues[0]
    const name = issue?.path[0] === 'email' ? 'SLUICE_OWNER_EMAIL' : 'SLUICE_OWNER_PASSWORD'
    throw new Error(`${name} is not usable: ${issue?.message ?? 'invalid'}.`)
  }
  const passwordHash = await hashPassword(owner.data.password)
  return (await insertFirstOwner({ id: uuidV7(), email: owner.data.email, name: '', passwordHash })) !== null
}
