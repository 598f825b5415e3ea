import 'server-only'
import { hash, verify } from '@node-rs/argon2'

// Source: OWASP Password Storage Cheat Sheet, Argon2id (19 MiB, 2 passes, 1 lane).
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hash of a password that nobody knows, of the same cost: what the password for an unknown e-mail address is checked
 *  against, so that both take the same time. */
const decoy = '$argon2id$v=19$m=19456,t=2,p=1$PIncb8LaIyheX8MJFe1ZTw$U83jbsaW52qIyFNJq3aoi4u7aIr5TxO9+iak6+7DluE'

/** Hashes a password with argon2id. The text names its salt and costs (PHC string format). */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

/** Checks a password against a hash; against null it takes as long and is false. */
export async function isPasswordRight(password: string, passwordHash: string | null): Promise<boolean> {
  const isRight = await verify(passwordHash ?? decoy, password)
  return isRight && passwordHash !== null
}
