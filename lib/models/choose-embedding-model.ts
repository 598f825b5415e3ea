import { chooseModel, type ModelProblem } from './choose-model'
import type { ChosenModel, Provider } from './provider'
import type { ProviderKind } from '../contract/providers'

/** Finds who makes embeddings. A name is a name as everywhere; without one it is the default provider that offers a
 *  model for them, else the first that does. */
export function chooseEmbeddingModel(providers: readonly Provider[], name: string | null): ChosenModel | ModelProblem {
  if (name !== null && name.trim() !== '') return chooseModel(providers, name)
  for (const provider of [...providers.filter((one) => one.isDefault), ...providers]) {
    const modelId = offeredBy(provider)
    if (modelId !== null) return { provider, modelId }
  }
  return { message: 'no configured provider is known to offer embeddings', setting: 'model' }
}

const vendorModels: Partial<Record<ProviderKind, string>> = {
  openai: 'text-embedding-3-small',
  google: 'gemini-embedding-001',
}

/** A model that is listed for the provider and says by its name that it embeds; else the vendor's own, where it is the
 *  vendor who answers. What a server behind another address has is not guessed. */
function offeredBy({ kind, baseUrl, models }: Provider): string | null {
  if (kind === 'anthropic') return null
  const listed = Object.keys(models).find((name) => /embed/i.test(name))
  return listed ?? (baseUrl === null ? (vendorModels[kind] ?? null) : null)
}
