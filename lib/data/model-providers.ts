import 'server-only'
import { z } from 'zod'
import { providerKinds, providerModelsSchema } from '../contract/providers'
import type { Provider } from '../models/provider'
import { transaction, pool } from './database'
import { decrypt, encrypt } from './encryption'

interface ProviderRow {
  name: string
  kind: string
  base_url: string | null
  ciphertext: Buffer | null
  default_model: string | null
  is_default: boolean
  models: string
}

/** The providers that were set up here, keys readable, the default one first, then in the order of names. */
export async function readModelProviders(): Promise<Provider[]> {
  const { rows } = await pool().query<ProviderRow>(
    `SELECT name, kind, base_url, ciphertext, default_model, is_default, models FROM model_providers
     ORDER BY is_default DESC, name COLLATE "C"`,
  )
  return rows.map((row) => ({
    name: row.name,
    kind: z.enum(providerKinds).parse(row.kind),
    baseUrl: row.base_url,
    apiKey: row.ciphertext === null ? null : decrypt(row.ciphertext),
    defaultModel: row.default_model,
    isDefault: row.is_default,
    models: providerModelsSchema.parse(JSON.parse(row.models)),
    source: 'settings',
  }))
}

/** Keeps a provider, its key encrypted; replaces one of that name. Being the default takes that from every other. */
export async function writeModelProvider(provider: Omit<Provider, 'source'>): Promise<void> {
  const ciphertext = provider.apiKey === null ? null : encrypt(provider.apiKey)
  await transaction(async (client) => {
    if (provider.isDefault) await client.query('UPDATE model_providers SET is_default = false WHERE is_default')
    await client.query(
      `INSERT INTO model_providers (name, kind, base_url, ciphertext, default_model, is_default, models)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, base_url = excluded.base_url,
         ciphertext = excluded.ciphertext, default_model = excluded.default_model, is_default = excluded.is_default,
         models = excluded.models, updated_at = now()`,
      [
        provider.name,
        provider.kind,
        provider.baseUrl,
        ciphertext,
        provider.defaultModel,
        provider.isDefault,
        JSON.stringify(provider.models),
      ],
    )
  })
}

/** Forgets a provider. False when there was none of that name. */
export async function removeModelProvider(name: string): Promise<boolean> {
  const { rowCount } = await pool().query('DELETE FROM model_providers WHERE name = $1', [name])
  return rowCount === 1
}
