import 'server-only'
import { getApp } from './app'
import { noEmbeddingModel } from '../contract/knowledge'
import { isProblem, type ModelProblem } from '../models/choose-model'
import { modelName, type ChosenModel } from '../models/provider'

/** Embeddings of texts by the model of that name, or why there are none. */
export type Embedded =
  { model: string; embeddings: number[][]; problem: null } | { model: string | null; embeddings: null; problem: string }

/** The model that embeds what belongs to a base with that setting, or why none does. */
export async function chooseEmbedder(setting: string | null): Promise<ChosenModel | ModelProblem> {
  if (setting === noEmbeddingModel) return { message: 'the knowledge base is for words only', setting: 'model' }
  return getApp().models.chooseEmbedding(setting)
}

/** Embeds the texts. What goes wrong with the model is a value: their words are there without it. @throws the signal's
 *  reason. */
export async function embedTexts(
  embedder: ChosenModel | ModelProblem,
  texts: readonly string[],
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<Embedded> {
  if (isProblem(embedder)) return { model: null, embeddings: null, problem: embedder.message }
  const model = modelName(embedder)
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const embeddings = await getApp().models.embed(embedder, texts, AbortSignal.any([signal, timeout]))
    return { model, embeddings, problem: null }
  } catch (error) {
    signal.throwIfAborted()
    if (timeout.aborted)
      return { model, embeddings: null, problem: `${model} did not answer within ${timeoutMs / 1000} s` }
    // By name: the process holds the class once for each of its bundles.
    if (error instanceof Error && error.name === 'BlockError')
      return { model, embeddings: null, problem: error.message }
    throw error
  }
}
