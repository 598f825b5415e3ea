import { z } from 'zod'
import {
  maxApiBodyBytes,
  maxEmailChars,
  maxNameChars,
  maxPasswordChars,
  maxSecretChars,
  minPasswordChars,
  minSecretChars,
} from '../limits'
import type { Endpoint } from './endpoint'
import { scopeSchema, type Scope } from './principal'

// Postgres text holds every character but NUL.
const text = z.string().refine((value) => !value.includes('\0'), 'must not contain a NUL character')
const nothing = z.object({})

/** What a secret may be called: `{{secrets.NAME}}` must be able to say it. */
export const secretNamePattern = /^[A-Za-z_][A-Za-z0-9_.-]{0,99}$/

export const createApiKeyBody = z.object({
  name: text.trim().min(1).max(maxNameChars),
  /** Absent: everything the caller may do. */
  scopes: z.array(scopeSchema).min(1).optional(),
})
export const putSecretBody = z.object({ value: z.string().min(minSecretChars).max(maxSecretChars) })

/** What the person at the first run sends. Also the rule for `SLUICE_OWNER_EMAIL` and `SLUICE_OWNER_PASSWORD`. */
export const createOwnerBody = z.object({
  email: text
    .trim()
    .max(maxEmailChars)
    .regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address'),
  password: z.string().min(minPasswordChars).max(maxPasswordChars),
  name: text.trim().max(maxNameChars).optional(),
  /** The one-time code the server printed; needed when it does not listen on loopback. */
  code: z.string().max(maxNameChars).optional(),
})

export type CreateApiKeyBody = z.infer<typeof createApiKeyBody>
export type PutSecretBody = z.infer<typeof putSecretBody>
export type CreateOwnerBody = z.infer<typeof createOwnerBody>

/** An API key as the list shows it. */
export interface ApiKeyItem {
  id: string
  name: string
  prefix: string
  scopes: Scope[]
  created_at: string
  last_used_at: string | null
}

/** A secret as the list shows it: values are write-only. */
export interface SecretItem {
  name: string
  created_at: string
  updated_at: string
}

const settings = { scope: 'admin', query: nothing, maxBodyBytes: maxApiBodyBytes, status: 200 } as const
const keyParams = z.object({ id: z.uuid() })
// Judged by the operation: an impossible name is one the vault does not hold, a 404, but a 400 when it is put.
const secretParams = z.object({ name: z.string() })
export type KeyParams = z.infer<typeof keyParams>
export type SecretParams = z.infer<typeof secretParams>

/** `GET /api/settings/api-keys`. */
export const listApiKeysEndpoint: Endpoint<object, object, null> = { ...settings, params: nothing, body: null }

/** `POST /api/settings/api-keys`. */
export const createApiKeyEndpoint: Endpoint<object, object, CreateApiKeyBody> = {
  ...settings,
  params: nothing,
  body: createApiKeyBody,
  status: 201,
}

/** `DELETE /api/settings/api-keys/{id}`. */
export const revokeApiKeyEndpoint: Endpoint<KeyParams, object, null> = {
  ...settings,
  params: keyParams,
  body: null,
  status: 204,
}

/** `GET /api/settings/secrets`. */
export const listSecretsEndpoint: Endpoint<object, object, null> = { ...settings, params: nothing, body: null }

/** `PUT /api/settings/secrets/{name}`. */
export const putSecretEndpoint: Endpoint<SecretParams, object, PutSecretBody> = {
  ...settings,
  params: secretParams,
  body: putSecretBody,
}

/** `DELETE /api/settings/secrets/{name}`. */
export const deleteSecretEndpoint: Endpoint<SecretParams, object, null> = {
  ...settings,
  params: secretParams,
  body: null,
  status: 204,
}

/** `POST /api/auth/first-run`: open to everyone, while no user exists. */
export const createOwnerEndpoint: Endpoint<object, object, CreateOwnerBody> = {
  ...settings,
  scope: null,
  params: nothing,
  body: createOwnerBody,
  status: 201,
}
