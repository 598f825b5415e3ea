import type { ProviderKind } from '../contract/providers'
import type { ChosenModel, Provider } from './provider'

/** Why no provider can serve a model, and the setting that mends it. */
export interface ModelProblem {
  message: string
  setting: 'providers' | 'default_model' | 'model'
}

/** Finds who serves a model. `provider/model` names both; a bare name goes to the provider that lists it, else to the
 *  vendor its beginning tells of, else to a server that takes any name. Null or blank is the default model. */
export function chooseModel(providers: readonly Provider[], name: string | null): ChosenModel | ModelProblem {
  if (providers.length === 0)
    return { message: 'no provider is configured: add one under Settings, Providers', setting: 'providers' }
  const wanted = name?.trim() ?? ''
  if (wanted === '') return defaultModel(providers)
  const named = providerNamed(providers, wanted)
  if (named) return named
  const provider = listing(providers, wanted) ?? ofVendor(providers, wanted) ?? takingAnyName(providers, wanted)
  if (provider) return { provider, modelId: wanted }
  const known = providers.map((one) => one.name).join(', ')
  return {
    message: `no configured provider serves the model "${wanted}" (configured: ${known}): choose another model, or add a provider under Settings, Providers`,
    setting: 'model',
  }
}

/** Tells a problem from a choice. */
export function isProblem(choice: ChosenModel | ModelProblem): choice is ModelProblem {
  return 'message' in choice
}

function providerNamed(providers: readonly Provider[], wanted: string): ChosenModel | null {
  const slash = wanted.indexOf('/')
  if (slash <= 0 || slash === wanted.length - 1) return null
  const prefix = wanted.slice(0, slash).toLowerCase()
  const provider = providers.find((one) => one.name === prefix) ?? providers.find((one) => one.kind === prefix)
  return provider ? { provider, modelId: wanted.slice(slash + 1) } : null
}

function listing(providers: readonly Provider[], wanted: string): Provider | undefined {
  return providers.find((one) => one.defaultModel === wanted || Object.hasOwn(one.models, wanted))
}

const vendors: readonly [RegExp, ProviderKind][] = [
  [/^(gpt(?!-oss)|chatgpt|codex|o\d|ft:gpt|davinci|computer-use)/i, 'openai'],
  [/^claude/i, 'anthropic'],
  [/^(gemini|learnlm)/i, 'google'],
]

function vendorOf(wanted: string): ProviderKind | null {
  const bare = wanted.slice(wanted.lastIndexOf('/') + 1)
  return vendors.find(([pattern]) => pattern.test(bare))?.[1] ?? null
}

function ofVendor(providers: readonly Provider[], wanted: string): Provider | undefined {
  const kind = vendorOf(wanted)
  return kind === null ? undefined : providers.find((one) => one.kind === kind)
}

/** A router or a local server takes names we do not know; a vendor only those that are no other vendor's. */
function takingAnyName(providers: readonly Provider[], wanted: string): Provider | undefined {
  const open = providers.find((one) => one.kind === 'openai_compatible')
  const proxied = providers.find((one) => one.kind === 'openai' && one.baseUrl !== null)
  if (open ?? proxied) return open ?? proxied
  return vendorOf(wanted) === null ? (providers.find((one) => one.isDefault) ?? providers[0]) : undefined
}

const vendorDefaults: Partial<Record<ProviderKind, string>> = {
  openai: 'gpt-5-mini',
  anthropic: 'claude-sonnet-4-5',
  google: 'gemini-2.5-flash',
}

function defaultModel(providers: readonly Provider[]): ChosenModel | ModelProblem {
  const ordered = [...providers.filter((one) => one.isDefault), ...providers]
  const provider = ordered.find((one) => one.defaultModel !== null) ?? ordered.find((one) => one.kind in vendorDefaults)
  const modelId = provider?.defaultModel ?? (provider && vendorDefaults[provider.kind])
  if (provider && modelId) return { provider, modelId }
  return {
    message: 'no model is named and no provider has a default model: set default_model under Settings, Providers',
    setting: 'default_model',
  }
}
