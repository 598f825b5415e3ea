import { describe, expect, it } from 'vitest'
import { chooseEmbeddingModel } from './choose-embedding-model'
import { isProblem } from './choose-model'
import { modelName, type Provider } from './provider'

const provider = (name: string, kind: Provider['kind'], more: Partial<Provider> = {}): Provider => ({
  ...{ name, kind, baseUrl: null, apiKey: 'key', defaultModel: null, isDefault: false, models: {} },
  ...{ source: 'settings', ...more },
})
const claude = provider('claude', 'anthropic')
const openai = provider('openai', 'openai')
const google = provider('google', 'google')
const ollama = provider('ollama', 'openai_compatible', { baseUrl: 'http://localhost:11434/v1' })
const listed = { models: { 'llama3.2': {}, 'nomic-embed-text': {} } }

describe('without a name', () => {
  it.each([
    ["a vendor's own model", [claude, openai], 'openai/text-embedding-3-small'],
    ["another vendor's own model", [google], 'google/gemini-embedding-001'],
    ['the default provider before the first', [openai, { ...google, isDefault: true }], 'google/gemini-embedding-001'],
    ['a model listed for a server', [ollama, { ...ollama, ...listed, name: 'two' }], 'two/nomic-embed-text'],
    [
      'a listed model before the known one',
      [{ ...openai, models: { 'text-embedding-3-large': {} } }],
      'openai/text-embedding-3-large',
    ],
    [
      'the next, where the default offers none',
      [openai, { ...claude, isDefault: true }],
      'openai/text-embedding-3-small',
    ],
    ['nothing of a vendor who has none', [{ ...claude, models: { 'claude-embed': {} } }], null],
    ['nothing of a server whose models are unknown', [ollama, { ...openai, baseUrl: 'http://proxy/v1' }], null],
    ['nothing where nobody is set up', [], null],
  ])('it is %s', (_, providers, expected) => {
    const chosen = chooseEmbeddingModel(providers, null)
    expect(isProblem(chosen) ? null : modelName(chosen)).toBe(expected)
  })
})

it('a name is found as every model is', () => {
  expect(chooseEmbeddingModel([openai, ollama], 'ollama/bge-m3')).toEqual({ provider: ollama, modelId: 'bge-m3' })
  expect(chooseEmbeddingModel([], 'bge-m3')).toMatchObject({ setting: 'providers' })
})
