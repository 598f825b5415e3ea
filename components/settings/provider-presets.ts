import type { ProviderKind } from '@/lib/contract/providers'

/** What a new provider begins with. */
export interface ProviderPreset {
  id: string
  title: string
  /** What the provider is called unless somebody says otherwise. */
  name: string
  kind: ProviderKind
  baseUrl: string
  needsKey: boolean
  /** A model of that provider, as an example. */
  model: string
  /** Where it listens on this machine: its address has to be allowed. */
  isLocal?: true
}

export const providerPresets: readonly ProviderPreset[] = [
  { id: 'openai', title: 'OpenAI', name: 'openai', kind: 'openai', baseUrl: '', needsKey: true, model: 'gpt-5-mini' },
  {
    id: 'anthropic',
    title: 'Anthropic',
    name: 'anthropic',
    kind: 'anthropic',
    baseUrl: '',
    needsKey: true,
    model: 'claude-sonnet-4-5',
  },
  {
    id: 'google',
    title: 'Google',
    name: 'google',
    kind: 'google',
    baseUrl: '',
    needsKey: true,
    model: 'gemini-2.5-flash',
  },
  {
    id: 'openrouter',
    title: 'OpenRouter',
    name: 'openrouter',
    kind: 'openai_compatible',
    baseUrl: 'https://openrouter.ai/api/v1',
    needsKey: true,
    model: 'openai/gpt-5-mini',
  },
  local('ollama', 'Ollama', 'http://127.0.0.1:11434/v1', 'llama3.2'),
  local('vllm', 'vLLM', 'http://127.0.0.1:8000/v1', 'Qwen/Qwen3-8B'),
  local('lmstudio', 'LM Studio', 'http://127.0.0.1:1234/v1', 'qwen3-8b'),
  {
    id: 'other',
    title: 'Another OpenAI-compatible server',
    name: '',
    kind: 'openai_compatible',
    baseUrl: '',
    needsKey: false,
    model: '',
  },
]

/** What people call a kind of provider. */
export const kindTitles: Record<ProviderKind, string> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  google: 'Google',
  openai_compatible: 'OpenAI-compatible',
}

function local(id: string, title: string, baseUrl: string, model: string): ProviderPreset {
  return { id, title, name: id, kind: 'openai_compatible', baseUrl, needsKey: false, model, isLocal: true }
}
