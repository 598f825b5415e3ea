import 'server-only'
import type { SecretItem } from '../contract/settings'
import { readSecretEntries } from '../data/secrets'

/** Lists the names in the vault; values are never read back. */
export async function listSecrets(): Promise<{ secrets: SecretItem[] }> {
  const entries = await readSecretEntries()
  return {
    secrets: entries.map((entry) => ({
      name: entry.name,
      created_at: entry.createdAt.toISOString(),
      updated_at: entry.updatedAt.toISOString(),
    })),
  }
}
