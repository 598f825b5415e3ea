import 'server-only'
import { z } from 'zod'
import { getApp } from './app'
import type { ProviderOffer } from '../contract/providers'
import { providerProbeTimeoutMs } from '../limits'
import { ollamaUrl } from '../models/environment-providers'
import type { Provider } from '../models/provider'

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) })

/** Looks for an Ollama where one listens by default (`url`). Null when none answers, or when it is set up already. */
export async function findOllama(
  providers: readonly Provider[],
  url: string = ollamaUrl,
): Promise<ProviderOffer | null> {
  if (providers.some(({ baseUrl }) => baseUrl?.includes(':11434'))) return null
  try {
    const answer = await getApp().fetchModels({
      url: `${url}/models`,
      method: 'GET',
      headers: {},
      timeoutMs: providerProbeTimeoutMs,
      signal: new AbortController().signal,
    })
    const { data } = modelList.parse(JSON.parse(new TextDecoder().decode(answer.body)))
    return { name: 'ollama', kind: 'openai_compatible', base_url: url, models: data.map((model) => model.id) }
  } catch {
    return null
  }
}
