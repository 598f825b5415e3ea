import 'server-only'
import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModel } from 'ai'
import type { ChosenModel } from './provider'

/** The SDK's handle of a model. Address and key are always given: left out, the SDK would read the environment. */
export function createLanguageModel({ provider, modelId }: ChosenModel, fetch: typeof globalThis.fetch): LanguageModel {
  const { kind, name } = provider
  const apiKey = provider.apiKey ?? ''
  const baseURL = provider.baseUrl ?? undefined
  switch (kind) {
    case 'openai':
      return createOpenAI({ apiKey, baseURL: baseURL ?? 'https://api.openai.com/v1', name, fetch }).chat(modelId)
    case 'anthropic':
      return createAnthropic({ apiKey, baseURL: baseURL ?? 'https://api.anthropic.com/v1', fetch })(modelId)
    case 'google':
      return createGoogleGenerativeAI({
        apiKey,
        baseURL: baseURL ?? 'https://generativelanguage.googleapis.com/v1beta',
        fetch,
      })(modelId)
    case 'openai_compatible':
      if (baseURL === undefined) throw new Error(`the provider ${name} has no base_url`)
      return createOpenAICompatible({
        name,
        baseURL,
        ...(provider.apiKey === null ? {} : { apiKey: provider.apiKey }),
        includeUsage: true,
        supportsStructuredOutputs: true,
        fetch,
      })(modelId)
    default:
      throw new Error(`unknown kind of provider: ${String(kind satisfies never)}`)
  }
}
