import 'server-only'
import { authState } from '../auth/auth-state'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { KeyParams } from '../contract/settings'
import { markApiKeyRevoked } from '../data/api-keys'

/** Revokes an API key: at once in this process, within `principalCacheMs` in others of the installation.
 *  @throws NOT_FOUND when there is none of that id. */
export async function revokeApiKey({ params }: Call<KeyParams, object, null>): Promise<void> {
  if (!(await markApiKeyRevoked(params.id))) throw new AppError('NOT_FOUND', `No API key has the id ${params.id}`)
  authState().keys.clear()
}
