import 'server-only'
import { z } from 'zod'
import { roleSchema, scopeSchema, type Role, type Scope } from '../contract/principal'
import { pool } from './database'

/** An API key as lists show it: the key itself is never kept. */
export interface ApiKey {
  id: string
  name: string
  /** First characters of the key, to recognise it by. */
  prefix: string
  scopes: Scope[]
  createdAt: Date
  lastUsedAt: Date | null
}

/** Keeps a key by its SHA-256. `userId` is null when automation makes it before the first owner exists. */
export async function insertApiKey(key: {
  id: string
  userId: string | null
  name: string
  hash: Buffer
  prefix: string
  scopes: readonly Scope[]
}): Promise<void> {
  await pool().query('INSERT INTO api_keys (id, user_id, name, hash, prefix, scopes) VALUES ($1, $2, $3, $4, $5, $6)', [
    key.id,
    key.userId,
    key.name,
    key.hash,
    key.prefix,
    key.scopes,
  ])
}

/** Every key that was not revoked, newest first. */
export async function readApiKeys(): Promise<ApiKey[]> {
  const { rows } = await pool().query<{
    id: string
    name: string
    prefix: string
    scopes: string[]
    created_at: Date
    last_used_at: Date | null
  }>(
    `SELECT id, name, prefix, scopes, created_at, last_used_at FROM api_keys
     WHERE revoked_at IS NULL ORDER BY created_at DESC, id DESC`,
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: z.array(scopeSchema).parse(row.scopes),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }))
}

/** Finds a key that was not revoked, with its user's role; a key without a user is bound by its scopes alone. */
export async function findApiKey(
  hash: Buffer,
): Promise<{ id: string; userId: string | null; scopes: Scope[]; role: Role; lastUsedAt: Date | null } | null> {
  const { rows } = await pool().query<{
    id: string
    user_id: string | null
    scopes: string[]
    role: string | null
    last_used_at: Date | null
  }>(
    `SELECT k.id, k.user_id, k.scopes, k.last_used_at, u.role FROM api_keys k LEFT JOIN users u ON u.id = k.user_id
     WHERE k.hash = $1 AND k.revoked_at IS NULL`,
    [hash],
  )
  const row = rows[0]
  if (!row) return null
  const scopes = z.array(scopeSchema).parse(row.scopes)
  return {
    id: row.id,
    userId: row.user_id,
    scopes,
    role: roleSchema.parse(row.role ?? 'owner'),
    lastUsedAt: row.last_used_at,
  }
}

/** Notes that a key was used now. */
export async function touchApiKey(id: string): Promise<void> {
  await pool().query('UPDATE api_keys SET last_used_at = now() WHERE id = $1', [id])
}

/** Revokes a key for good. False when there is none of that id, or it was revoked before. */
export async function markApiKeyRevoked(id: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    'UPDATE api_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL',
    [id],
  )
  return rowCount === 1
}
