import 'server-only'
import { chooseEmbedder, embedTexts } from './embed-texts'
import { requireKnowledgeBase } from './knowledge-bases'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { EmbeddedSources, KnowledgeBaseParams } from '../contract/knowledge'
import { findUnembedded, keepEmbeddings, readChunks } from '../data/knowledge-embeddings'
import { sourceEmbeddingTimeoutMs } from '../limits'
import { isProblem } from '../models/choose-model'
import { modelName } from '../models/provider'

/** Embeds the sources of a base that its model has not read: those that were added while it did not answer, or before
 *  there was one. Each is kept as it is done, so that another call goes on from there. @throws NOT_FOUND;
 *  MODEL_NOT_CONFIGURED; EXECUTION_FAILED saying what the provider answered. */
export async function embedSources({
  params,
  request,
}: Call<KnowledgeBaseParams, object, null>): Promise<EmbeddedSources> {
  const base = await requireKnowledgeBase(params.id)
  const embedder = await chooseEmbedder(base.embedding_model)
  if (isProblem(embedder))
    throw new AppError('MODEL_NOT_CONFIGURED', `embedding_model: ${embedder.message}`, { setting: embedder.setting })
  const model = modelName(embedder)
  const sourceIds = await findUnembedded(base.id, model)
  for (const sourceId of sourceIds) {
    const chunks = await readChunks(sourceId)
    const texts = chunks.map(({ text }) => text)
    const limits = { signal: request.signal, timeoutMs: sourceEmbeddingTimeoutMs }
    const { embeddings, problem } = await embedTexts(embedder, texts, limits)
    if (embeddings === null) throw new AppError('EXECUTION_FAILED', problem)
    const embedded = chunks.map(({ id }, index) => ({ id, embedding: embeddings[index] ?? [] }))
    await keepEmbeddings(sourceId, model, embedded)
  }
  return { embedding_model: model, embedded: sourceIds.length }
}
