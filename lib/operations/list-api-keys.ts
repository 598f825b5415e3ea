import 'server-only'
import type { ApiKeyItem } from '../contract/settings'
import { readApiKeys } from '../data/api-keys'

/** Lists the installation's API keys, newest first, without the keys themselves. */
export async function listApiKeys(): Promise<{ api_keys: ApiKeyItem[] }> {
  const keys = await readApiKeys()
  return {
    api_keys: keys.map((key) => ({
      id: key.id,
      name: key.name,
      prefix: key.prefix,
      scopes: key.scopes,
      created_at: key.createdAt.toISOString(),
      last_used_at: key.lastUsedAt?.toISOString() ?? null,
    })),
  }
}
