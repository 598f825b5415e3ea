import 'server-only'
import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { Provider } from './provider'

/** The SDK of a provider's kind. Address and key are always given: left out, it would read the environment. */
export function setUpSdk({ kind, name, baseUrl, apiKey }: Provider, fetch: typeof globalThis.fetch) {
  const key = apiKey ?? ''
  switch (kind) {
    case 'openai':
      return { kind, sdk: createOpenAI({ apiKey: key, baseURL: baseUrl ?? 'https://api.openai.com/v1', name, fetch }) }
    case 'anthropic':
      return { kind, sdk: createAnthropic({ apiKey: key, baseURL: baseUrl ?? 'https://api.anthropic.com/v1', fetch }) }
    case 'google': {
      const baseURL = baseUrl ?? 'https://generativelanguage.googleapis.com/v1beta'
      return { kind, sdk: createGoogleGenerativeAI({ apiKey: key, baseURL, fetch }) }
    }
    case 'openai_compatible': {
      if (baseUrl === null) throw new Error(`the provider ${name} has no base_url`)
      const options = { name, baseURL: baseUrl, ...(apiKey === null ? {} : { apiKey }), fetch }
      return { kind, sdk: createOpenAICompatible({ ...options, includeUsage: true, supportsStructuredOutputs: true }) }
    }
    default:
      throw new Error(`unknown kind of provider: ${String(kind satisfies never)}`)
  }
}
