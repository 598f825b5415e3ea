import 'server-only'
import { AppError } from '../contract/errors'
import type { Principal } from '../contract/principal'

/** Id of the person who is signed in and asks. @throws FORBIDDEN for any other caller: a key acts for a person, it is
 *  none. */
export function personOf(principal: Principal): string {
  if (principal.kind === 'session' && principal.userId !== null) return principal.userId
  throw new AppError('FORBIDDEN', 'Only the person does this, signed in with a browser: no API key can')
}
