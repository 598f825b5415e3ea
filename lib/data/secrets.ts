import 'server-only'
import { pool } from './database'
import { decrypt, encrypt } from './encryption'

/** A secret as lists show it: its value never leaves the vault but for the engine. */
export interface SecretEntry {
  name: string
  createdAt: Date
  updatedAt: Date
}

/** Every secret's name, in the order of names. */
export async function readSecretEntries(): Promise<SecretEntry[]> {
  const { rows } = await pool().query<{ name: string; created_at: Date; updated_at: Date }>(
    'SELECT name, created_at, updated_at FROM secrets ORDER BY name COLLATE "C"',
  )
  return rows.map((row) => ({ name: row.name, createdAt: row.created_at, updatedAt: row.updated_at }))
}

/** Keeps a secret, encrypted; replaces one of that name. */
export async function writeSecret(name: string, value: string): Promise<void> {
  await pool().query(
    `INSERT INTO secrets (name, ciphertext, updated_at) VALUES ($1, $2, now())
     ON CONFLICT (name) DO UPDATE SET ciphertext = excluded.ciphertext, updated_at = now()`,
    [name, encrypt(value)],
  )
}

/** Forgets a secret. False when there was none of that name. */
export async function removeSecret(name: string): Promise<boolean> {
  const { rowCount } = await pool().query('DELETE FROM secrets WHERE name = $1', [name])
  return rowCount === 1
}

/** Values of the named secrets, for the engine alone; names the vault does not hold are absent. */
export async function readSecrets(names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map()
  const { rows } = await pool().query<{ name: string; ciphertext: Buffer }>(
    'SELECT name, ciphertext FROM secrets WHERE name = ANY($1)',
    [names],
  )
  return new Map(rows.map((row) => [row.name, decrypt(row.ciphertext)]))
}
