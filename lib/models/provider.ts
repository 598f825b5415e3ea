import type { ModelTerms, ProviderKind } from '../contract/providers'

/** A provider that can be asked: set up here, or by its own environment variables. */
export interface Provider {
  name: string
  kind: ProviderKind
  /** Null: the address of the vendor itself. */
  baseUrl: string | null
  apiKey: string | null
  defaultModel: string | null
  /** Serves the calls that name no model. */
  isDefault: boolean
  /** Prices and limits by model id. */
  models: Record<string, ModelTerms>
  source: 'settings' | 'environment'
}

/** A model and who serves it. */
export interface ChosenModel {
  provider: Provider
  modelId: string
}

/** `provider/model`, as answers and logs name it. */
export function modelName({ provider, modelId }: ChosenModel): string {
  return `${provider.name}/${modelId}`
}
