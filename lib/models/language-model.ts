import 'server-only'
import type { LanguageModel } from 'ai'
import type { ChosenModel } from './provider'
import { setUpSdk } from './provider-sdk'

/** The SDK's handle of a model. */
export function createLanguageModel({ provider, modelId }: ChosenModel, fetch: typeof globalThis.fetch): LanguageModel {
  const { kind, sdk } = setUpSdk(provider, fetch)
  // Called by itself, OpenAI's would ask the Responses API.
  return kind === 'openai' ? sdk.chat(modelId) : sdk(modelId)
}
