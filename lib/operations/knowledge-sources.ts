import 'server-only'
import { chooseEmbedder, embedTexts } from './embed-texts'
import { knowledgeBaseNotFound, requireKnowledgeBase } from './knowledge-bases'
import { readSourceText } from './read-source-text'
import { splitText } from './split-text'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type {
  AddedSource,
  CreateSourceBody,
  KnowledgeBaseParams,
  SourceItem,
  SourceParams,
} from '../contract/knowledge'
import { insertSource, readSource, readSources, removeSource } from '../data/knowledge-sources'
import { maxKnowledgeChunks, sourceEmbeddingTimeoutMs } from '../limits'

type Page = { limit: number; offset: number }

/** Lists a base's sources, newest first. @throws NOT_FOUND. */
export async function listSources({
  params,
  query,
}: Call<KnowledgeBaseParams, Page, null>): Promise<{ sources: SourceItem[]; total: number } & Page> {
  await requireKnowledgeBase(params.id)
  return { ...(await readSources(params.id, query)), ...query }
}

/** Reads a source's text, cuts it into chunks and makes them searchable: by their words always, by their meaning where a
 *  model embeds them. @throws NOT_FOUND; VALIDATION_ERROR for what cannot be read or does not fit. */
export async function createSource({
  params,
  body,
  request,
}: Call<KnowledgeBaseParams, object, CreateSourceBody>): Promise<AddedSource> {
  const { name, embedding_model: embeddingModel } = await requireKnowledgeBase(params.id)
  const text = await readSourceText(body, request.signal)
  const chunks = splitText(text)
  // Before a model is paid for them.
  if (chunks.length > maxKnowledgeChunks) throw tooMuch(name)
  const embedder = await chooseEmbedder(embeddingModel)
  const made = await embedTexts(embedder, chunks, { signal: request.signal, timeoutMs: sourceEmbeddingTimeoutMs })
  const source = { baseId: params.id, name: body.name, contentType: body.content_type, text, chunks }
  const kept = await insertSource({ ...source, embeddedBy: made.embeddings && made.model, embeddings: made.embeddings })
  if (kept === 'gone') throw knowledgeBaseNotFound(params.id)
  if (kept === 'full') throw tooMuch(name)
  return { ...kept, not_embedded_because: made.problem }
}

/** Gives a source with its text. @throws NOT_FOUND. */
export async function getSource({ params }: Call<SourceParams, object, null>): Promise<SourceItem & { text: string }> {
  const source = await readSource(params.id, params.sid)
  if (!source) throw sourceNotFound(params.sid)
  return source
}

/** Deletes a source: searches find it no more. @throws NOT_FOUND. */
export async function deleteSource({ params }: Call<SourceParams, object, null>): Promise<void> {
  if (!(await removeSource(params.id, params.sid))) throw sourceNotFound(params.sid)
}

/** What every operation says of a source that is not there. */
export function sourceNotFound(id: string): AppError {
  return new AppError('NOT_FOUND', `Source not found: ${id}`)
}

function tooMuch(base: string): AppError {
  return new AppError(
    'VALIDATION_ERROR',
    `${base} would have more than ${maxKnowledgeChunks} pieces of text: make another knowledge base`,
  )
}
