import 'server-only'
import type { Call } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type {
  CreateKnowledgeBaseBody,
  KnowledgeBaseItem,
  KnowledgeBaseParams,
  UpdateKnowledgeBaseBody,
} from '../contract/knowledge'
import {
  insertKnowledgeBase,
  readKnowledgeBase,
  readKnowledgeBases,
  removeKnowledgeBase,
  updateKnowledgeBaseRow,
} from '../data/knowledge'

type Page = { limit: number; offset: number }

/** Lists the knowledge bases, newest first. */
export async function listKnowledgeBases({
  query,
}: Call<object, Page, null>): Promise<{ knowledge_bases: KnowledgeBaseItem[]; total: number } & Page> {
  return { ...(await readKnowledgeBases(query)), ...query }
}

/** Creates a knowledge base. It belongs to the workspace; whoever made it is noted. */
export async function createKnowledgeBase({
  body,
  principal,
}: Call<object, object, CreateKnowledgeBaseBody>): Promise<KnowledgeBaseItem> {
  return insertKnowledgeBase(body, principal.userId)
}

/** Gives a knowledge base. @throws NOT_FOUND. */
export async function getKnowledgeBase({
  params,
}: Call<KnowledgeBaseParams, object, null>): Promise<KnowledgeBaseItem> {
  return requireKnowledgeBase(params.id)
}

/** Changes the named fields of a knowledge base. Sources that another embedding model has read stay found by
 *  their words, until they are embedded anew. @throws NOT_FOUND. */
export async function updateKnowledgeBase({
  params,
  body,
}: Call<KnowledgeBaseParams, object, UpdateKnowledgeBaseBody>): Promise<{ ok: true } & KnowledgeBaseItem> {
  const base = await updateKnowledgeBaseRow(params.id, body)
  if (!base) throw knowledgeBaseNotFound(params.id)
  return { ok: true, ...base }
}

/** Deletes a knowledge base with its sources. @throws NOT_FOUND. */
export async function deleteKnowledgeBase({ params }: Call<KnowledgeBaseParams, object, null>): Promise<void> {
  if (!(await removeKnowledgeBase(params.id))) throw knowledgeBaseNotFound(params.id)
}

/** A knowledge base that has to be there. @throws NOT_FOUND. */
export async function requireKnowledgeBase(id: string): Promise<KnowledgeBaseItem> {
  const base = await readKnowledgeBase(id)
  if (!base) throw knowledgeBaseNotFound(id)
  return base
}

/** What every operation says of a knowledge base that is not there. */
export function knowledgeBaseNotFound(id: string): AppError {
  return new AppError('NOT_FOUND', `Knowledge base not found: ${id}`)
}
