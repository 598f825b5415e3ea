import 'server-only'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import { secretNamePattern, type SecretParams } from '../contract/settings'
import { removeSecret } from '../data/secrets'

/** Takes a secret out of the vault. @throws NOT_FOUND when there is none of that name. */
export async function deleteSecret({ params }: Call<SecretParams, object, null>): Promise<void> {
  const isRemoved = secretNamePattern.test(params.name) && (await removeSecret(params.name))
  if (!isRemoved) throw new AppError('NOT_FOUND', 'The vault holds no secret of that name')
}
