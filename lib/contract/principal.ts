import { z } from 'zod'

/** Roles from weakest to strongest. */
export const roles = ['viewer', 'editor', 'owner'] as const
export const roleSchema = z.enum(roles)
export type Role = z.infer<typeof roleSchema>

/** What an API key may do; a key never exceeds its user's role. `read` sees, `run` executes, `write` edits and
 *  deploys, `admin` manages settings and keys. */
export const scopes = ['read', 'run', 'write', 'admin'] as const
export const scopeSchema = z.enum(scopes)
export type Scope = z.infer<typeof scopeSchema>

/** Scopes each role carries. */
export const scopesOfRole: Record<Role, readonly Scope[]> = {
  viewer: ['read'],
  editor: ['read', 'run', 'write'],
  owner: ['read', 'run', 'write', 'admin'],
}

/** Who is asking: every road in (browser session, API key, webhook secret, schedule) ends in one of these. */
export interface Principal {
  kind: 'session' | 'api_key' | 'webhook' | 'schedule'
  /** Null only for the automation key while no owner exists yet. */
  userId: string | null
  /** API key id where there is one; rate limits and idempotency keys are counted per `userId` + `keyId`. */
  keyId: string | null
  scopes: readonly Scope[]
}
