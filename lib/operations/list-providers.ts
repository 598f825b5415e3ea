import 'server-only'
import { getApp } from './app'
import { findOllama } from './find-ollama'
import type { ProviderItem, ProviderOffer } from '../contract/providers'
import type { Provider } from '../models/provider'

/** Lists the providers without their keys, and what runs nearby and could be set up with a click. */
export async function listProviders(): Promise<{ providers: ProviderItem[]; offers: ProviderOffer[] }> {
  const providers = await getApp().models.providers()
  const ollama = await findOllama(providers)
  return { providers: providers.map(showProvider), offers: ollama ? [ollama] : [] }
}

function showProvider(provider: Provider): ProviderItem {
  return {
    name: provider.name,
    kind: provider.kind,
    base_url: provider.baseUrl,
    has_key: provider.apiKey !== null,
    default_model: provider.defaultModel,
    is_default: provider.isDefault,
    models: provider.models,
    source: provider.source,
  }
}
