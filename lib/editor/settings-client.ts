import * as z from 'zod/mini'
import type { Scope } from '../contract/principal'
import { send } from './api-client'

const createdKeySchema = z.object({ id: z.string(), key: z.string() })

/** Creates an API key and gives the key itself: this answer is the only place that ever shows it. @throws ApiError. */
export async function createApiKey(body: { name: string; scopes: Scope[] }): Promise<{ id: string; key: string }> {
  return createdKeySchema.parse(await send('POST', '/api/settings/api-keys', body))
}

/** Ends an API key at once. @throws ApiError. */
export async function revokeApiKey(id: string): Promise<void> {
  await send('DELETE', `/api/settings/api-keys/${id}`)
}

/** Puts a secret into the vault, in place of one of the same name. @throws ApiError. */
export async function putSecret(name: string, value: string): Promise<void> {
  await send('PUT', `/api/settings/secrets/${encodeURIComponent(name)}`, { value })
}

/** Takes a secret out of the vault. @throws ApiError. */
export async function deleteSecret(name: string): Promise<void> {
  await send('DELETE', `/api/settings/secrets/${encodeURIComponent(name)}`)
}

/** Changes the name of whoever is signed in. @throws ApiError. */
export async function updateProfile(name: string): Promise<void> {
  await send('PATCH', '/api/settings/profile', { name })
}

/** Changes the password of whoever is signed in, and ends their other sessions. @throws ApiError. */
export async function changePassword(passwords: { current: string; next: string }): Promise<void> {
  const { current, next } = passwords
  await send('PUT', '/api/settings/profile/password', { current_password: current, new_password: next })
}
