import { z } from 'zod'
import {
  maxApiBodyBytes,
  maxModelNameChars,
  maxModelTimeoutMs,
  maxOutputTokensLimit,
  maxSecretChars,
  maxUrlChars,
} from '../limits'
import type { Endpoint } from './endpoint'

/** Whose wire format a provider speaks. `openai_compatible` is any server with OpenAI's chat completions. */
export const providerKinds = ['openai', 'anthropic', 'google', 'openai_compatible'] as const
export type ProviderKind = (typeof providerKinds)[number]

/** What a provider may be called: the part before the slash in `provider/model`. */
export const providerNamePattern = /^[a-z0-9][a-z0-9_-]{0,49}$/

const modelName = z.string().trim().min(1).max(maxModelNameChars)
const price = z.number().min(0).max(1_000_000)

/** Prices (USD for a million tokens) and limits of one model. */
export const modelTermsSchema = z
  .object({
    input_price: price,
    output_price: price,
    max_output_tokens: z.int().min(1).max(maxOutputTokensLimit),
    /** Longest wait for the model's answer to begin and for each piece of it. */
    timeout_ms: z.int().min(1).max(maxModelTimeoutMs),
  })
  .partial()
export type ModelTerms = z.infer<typeof modelTermsSchema>

export const providerModelsSchema = z.record(modelName, modelTermsSchema)

export const putProviderBody = z.object({
  kind: z.enum(providerKinds),
  /** Write-only. Absent keeps the stored one, unless `base_url` moves to another host; null forgets it. */
  api_key: z.string().trim().min(1).max(maxSecretChars).nullish(),
  base_url: z
    .string()
    .trim()
    .max(maxUrlChars)
    .refine(isHttpUrl, 'must be an http or https address without user name, query or fragment')
    .nullish(),
  default_model: modelName.nullish(),
  is_default: z.boolean().optional(),
  models: providerModelsSchema.optional(),
})
export type PutProviderBody = z.infer<typeof putProviderBody>

export const testProviderBody = z.object({ model: modelName.nullish() })
export type TestProviderBody = z.infer<typeof testProviderBody>

/** A provider as the list shows it: its key never leaves. */
export interface ProviderItem {
  name: string
  kind: ProviderKind
  base_url: string | null
  has_key: boolean
  default_model: string | null
  is_default: boolean
  models: Record<string, ModelTerms>
  /** Those of the environment cannot be changed here. */
  source: 'settings' | 'environment'
}

/** A provider that was found running nearby and is not set up yet. */
export interface ProviderOffer {
  name: string
  kind: ProviderKind
  base_url: string
  models: string[]
}

/** What a provider answered to a real, short call. */
export type ProviderTest =
  | { ok: true; model: string; output: string; duration_ms: number }
  | { ok: false; model: string | null; error: string; duration_ms: number }

function isHttpUrl(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false
  const { username, password, search, hash } = new URL(text)
  return !username && !password && !search && !hash
}

const nothing = z.object({})
// Judged by the operation, as with secrets: an impossible name is a 404, but a 400 when it is put.
const providerParams = z.object({ name: z.string() })
export type ProviderParams = z.infer<typeof providerParams>
const settings = { scope: 'admin', query: nothing, maxBodyBytes: maxApiBodyBytes, status: 200 } as const

/** `GET /api/settings/providers`. */
export const listProvidersEndpoint: Endpoint<object, object, null> = { ...settings, params: nothing, body: null }

/** `PUT /api/settings/providers/{name}`. */
export const putProviderEndpoint: Endpoint<ProviderParams, object, PutProviderBody> = {
  ...settings,
  params: providerParams,
  body: putProviderBody,
}

/** `DELETE /api/settings/providers/{name}`. */
export const deleteProviderEndpoint: Endpoint<ProviderParams, object, null> = {
  ...settings,
  params: providerParams,
  body: null,
  status: 204,
}

/** `POST /api/settings/providers/{name}/test`. */
export const testProviderEndpoint: Endpoint<ProviderParams, object, TestProviderBody> = {
  ...settings,
  params: providerParams,
  body: testProviderBody,
}
