import type { Env } from '../env'
import type { Provider } from './provider'

/** The providers that the vendors' own environment variables describe. A base address given there is the operator's
 *  word, so its host may be private (see `modelHosts`). */
export function environmentProviders(env: Env): Provider[] {
  const base = { defaultModel: null, isDefault: false, models: {}, source: 'environment' } as const
  const providers: Provider[] = []
  if (env.OPENAI_API_KEY || env.OPENAI_BASE_URL)
    providers.push({
      ...base,
      name: 'openai',
      kind: 'openai',
      baseUrl: env.OPENAI_BASE_URL ?? null,
      apiKey: env.OPENAI_API_KEY ?? null,
    })
  if (env.ANTHROPIC_API_KEY)
    providers.push({
      ...base,
      name: 'anthropic',
      kind: 'anthropic',
      baseUrl: env.ANTHROPIC_BASE_URL ?? null,
      apiKey: env.ANTHROPIC_API_KEY,
    })
  if (env.GOOGLE_GENERATIVE_AI_API_KEY)
    providers.push({
      ...base,
      name: 'google',
      kind: 'google',
      baseUrl: null,
      apiKey: env.GOOGLE_GENERATIVE_AI_API_KEY,
    })
  return providers
}

/** Where a local Ollama listens unless told otherwise. */
export const ollamaUrl = 'http://127.0.0.1:11434/v1'

/** Hosts that model calls may reach though private: those that every call may, those the operator named as a provider's
 *  address, and the one place where a local Ollama listens. An address saved over the API allows nothing by itself. */
export function modelHosts(env: Env): string[] {
  const named = [env.OPENAI_BASE_URL, env.ANTHROPIC_BASE_URL].flatMap((url) => (url ? [hostAndPort(url)] : []))
  return [...env.SLUICE_ALLOW_PRIVATE_HOSTS, ...named, 'localhost:11434', hostAndPort(ollamaUrl)]
}

function hostAndPort(text: string): string {
  const url = new URL(text)
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`
}
