import 'server-only'
import { embedTexts } from './embed-texts'
import { knowledgeBaseNotFound, requireKnowledgeBase } from './knowledge-bases'
import { readSourceText } from './read-source-text'
import { splitText } from './split-text'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { CreateSourceBody, KnowledgeBaseParams, SourceItem, SourceParams } from '../contract/knowledge'
import { insertSource, readSource, readSources, removeSource } from '../data/knowledge-sources'
import { maxKnowledgeChunks } from '../limits'

type Page = { limit: number; offset: number }

/** Lists a base's sources, newest first. @throws NOT_FOUND. */
export async function listSources({
  params,
  query,
}: Call<KnowledgeBaseParams, Page, null>): Promise<{ sources: SourceItem[]; total: number } & Page> {
  await requireKnowledgeBase(params.id)
  return { ...(await readSources(params.id, query)), ...query }
}

/** Reads a source's text, cuts it into chunks and makes them searchable. @throws NOT_FOUND; VALIDATION_ERROR for what
 *  cannot be read or does not fit; MODEL_NOT_CONFIGURED and EXECUTION_FAILED by the base's embedding model. */
export async function createSource({
  params,
  body,
  request,
}: Call<KnowledgeBaseParams, object, CreateSourceBody>): Promise<SourceItem> {
  const { name, embedding_model: embeddingModel } = await requireKnowledgeBase(params.id)
  const text = await readSourceText(body, request.signal)
  const chunks = splitText(text)
  // Before a model is paid for them.
  if (chunks.length > maxKnowledgeChunks) throw tooMuch(name)
  const embeddings = embeddingModel === null ? null : await embedTexts(embeddingModel, chunks, request.signal)
  const source = { baseId: params.id, name: body.name, contentType: body.content_type, text, chunks }
  const kept = await insertSource({ ...source, embeddingModel, embeddings })
  if (kept === 'gone') throw knowledgeBaseNotFound(params.id)
  if (kept === 'full') throw tooMuch(name)
  if (kept === 'model changed')
    throw new AppError(
      'REVISION_CONFLICT',
      `The embedding model of ${name} was changed meanwhile: add the source again`,
    )
  return kept
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
