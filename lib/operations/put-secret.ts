import 'server-only'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import { secretNamePattern, type PutSecretBody, type SecretParams } from '../contract/settings'
import { writeSecret } from '../data/secrets'

/** Puts a secret into the vault, in place of one of the same name. @throws VALIDATION_ERROR when references could not
 *  say its name. */
export async function putSecret({ params, body }: Call<SecretParams, object, PutSecretBody>): Promise<{ ok: true }> {
  if (!secretNamePattern.test(params.name)) {
    const message = 'must begin with a letter or _, and hold up to 100 letters, digits, _, . and -'
    throw new AppError('VALIDATION_ERROR', `The name of a secret ${message}`, { issues: [{ path: 'name', message }] })
  }
  await writeSecret(params.name, body.value)
  return { ok: true }
}
