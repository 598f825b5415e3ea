import 'server-only'
import { authState } from '../auth/auth-state'
import { ownerExists } from '../data/users'

/** Tells whether the first run is open, which it is while there is no owner, and whether it asks for the one-time code
 *  the server printed. */
export async function readFirstRun(): Promise<{ isOpen: boolean; asksForCode: boolean }> {
  return { isOpen: !(await ownerExists()), asksForCode: authState().firstRunCode !== null }
}
