import 'server-only'
import { getApp } from './app'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { ProviderParams, ProviderTest, TestProviderBody } from '../contract/providers'
import { providerTestTimeoutMs } from '../limits'
import { chooseModel, isProblem } from '../models/choose-model'
import { newRecord } from '../models/converse'
import { modelName, type ChosenModel } from '../models/provider'

/** Asks a provider for a word. What went wrong is the answer of a test, not its failure. @throws NOT_FOUND. */
export async function testProvider({
  params,
  body,
  request,
}: Call<ProviderParams, object, TestProviderBody>): Promise<ProviderTest> {
  const { models } = getApp()
  const provider = (await models.providers()).find((one) => one.name === params.name)
  if (!provider) throw new AppError('NOT_FOUND', `No provider ${params.name} is set up`)
  const chosen = body.model ? { provider, modelId: body.model } : chooseModel([provider], null)
  if (isProblem(chosen)) return { ok: false, model: null, error: chosen.message, duration_ms: 0 }
  const startedAt = performance.now()
  const spentMs = () => Math.round(performance.now() - startedAt)
  try {
    const output = await askForAWord(chosen, request.signal)
    return { ok: true, model: modelName(chosen), output, duration_ms: spentMs() }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ok: false, model: modelName(chosen), error: message, duration_ms: spentMs() }
  }
}

async function askForAWord(chosen: ChosenModel, signal: AbortSignal): Promise<string> {
  const answer = await getApp().models.converse(chosen, {
    system: '',
    messages: [{ role: 'user', content: 'Answer with the single word: ready' }],
    tools: [],
    temperature: null,
    maxOutputTokens: null,
    outputSchema: null,
    maxSteps: 1,
    tokenBudget: null,
    signal: AbortSignal.any([signal, AbortSignal.timeout(providerTestTimeoutMs)]),
    onText: () => undefined,
    onToolCall: () => undefined,
    record: newRecord(),
  })
  return answer.text
}
