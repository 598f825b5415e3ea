import 'server-only'
import { embedMany, type EmbeddingModel } from 'ai'
import { describeModelError } from './describe-model-error'
import { modelName, type ChosenModel } from './provider'
import { setUpSdk } from './provider-sdk'
import { BlockError } from '../blocks/contract'
import { maxEmbeddingDimensions, maxTextsPerEmbeddingCall } from '../limits'

/** Embeddings of the texts, in order, each of length 1. @throws BlockError saying what went wrong; the signal's reason. */
export async function embed(
  chosen: ChosenModel,
  fetch: typeof globalThis.fetch,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<number[][]> {
  const model = createEmbeddingModel(chosen, fetch)
  const embeddings: number[][] = []
  for (let start = 0; start < texts.length; start += maxTextsPerEmbeddingCall) {
    const values = texts.slice(start, start + maxTextsPerEmbeddingCall)
    // The door itself tries again.
    const answer = await embedMany({ model, values, maxRetries: 0, abortSignal: signal }).catch((error: unknown) => {
      signal.throwIfAborted()
      throw describeModelError(error, chosen)
    })
    embeddings.push(...answer.embeddings)
  }
  const dimensions = embeddings[0]?.length ?? 0
  const isUsable = (one: number[]) => one.length === dimensions && one.every(Number.isFinite)
  if (embeddings.length !== texts.length || !embeddings.every(isUsable))
    throw new BlockError(`${modelName(chosen)} gave no usable embeddings`)
  if (texts.length > 0 && (dimensions === 0 || dimensions > maxEmbeddingDimensions))
    throw new BlockError(
      `${modelName(chosen)} gave embeddings of ${dimensions} numbers, not of 1 to ${maxEmbeddingDimensions}`,
    )
  return embeddings.map(ofLengthOne)
}

function ofLengthOne(embedding: number[]): number[] {
  const length = Math.hypot(...embedding)
  // Rounded as Postgres will keep them; what vanishes there would be refused.
  return embedding.map((value) => (length === 0 ? 0 : Math.round((value / length) * 1e7) / 1e7))
}

function createEmbeddingModel({ provider, modelId }: ChosenModel, fetch: typeof globalThis.fetch): EmbeddingModel {
  const { kind, sdk } = setUpSdk(provider, fetch)
  if (kind === 'anthropic')
    throw new BlockError(`the provider ${provider.name} offers no embeddings: choose a model of another one`)
  return sdk.embeddingModel(modelId)
}
