import 'server-only'
import { embedSources } from './embed-sources'
import {
  createKnowledgeBase,
  deleteKnowledgeBase,
  getKnowledgeBase,
  listKnowledgeBases,
  updateKnowledgeBase,
} from './knowledge-bases'
import { createSource, deleteSource, getSource, listSources, sourceNotFound } from './knowledge-sources'
import { idOf, named, noId, offer, parentIdOf, type PlatformResource } from './platform-offers'
import { searchKnowledge } from './search-knowledge'
import type { PlatformCall } from '../blocks/contract'
import { isUuid } from '../contract/ids'
import {
  createKnowledgeBaseEndpoint,
  createSourceEndpoint,
  deleteKnowledgeBaseEndpoint,
  deleteSourceEndpoint,
  embedSourcesEndpoint,
  getKnowledgeBaseEndpoint,
  getSourceEndpoint,
  listKnowledgeBasesEndpoint,
  listSourcesEndpoint,
  searchKnowledgeEndpoint,
  updateKnowledgeBaseEndpoint,
} from '../contract/knowledge'
import { findBaseOf } from '../data/knowledge-sources'

const baseNames = ['knowledge_base_id', 'kb_id']

/** What a block can do with knowledge bases. */
export const knowledgeBaseOperations: PlatformResource = {
  list: offer(listKnowledgeBasesEndpoint, listKnowledgeBases, noId),
  get: offer(getKnowledgeBaseEndpoint, getKnowledgeBase, baseId),
  create: offer(createKnowledgeBaseEndpoint, createKnowledgeBase, noId),
  update: offer(updateKnowledgeBaseEndpoint, updateKnowledgeBase, baseId),
  delete: offer(deleteKnowledgeBaseEndpoint, deleteKnowledgeBase, baseId),
  search: offer(searchKnowledgeEndpoint, searchKnowledge, baseId),
  embed: offer(embedSourcesEndpoint, embedSources, baseId),
}

/** What a block can do with the sources of knowledge bases. */
export const sourceOperations: PlatformResource = {
  list: offer(listSourcesEndpoint, listSources, baseOfSources),
  get: offer(getSourceEndpoint, getSource, sourceId),
  create: offer(createSourceEndpoint, createSource, baseOfSources),
  delete: offer(deleteSourceEndpoint, deleteSource, sourceId),
}

function baseId(call: PlatformCall): Record<string, unknown> {
  return { id: idOf(call, ...baseNames) }
}

function baseOfSources(call: PlatformCall): Record<string, unknown> {
  return { id: parentIdOf(call, ...baseNames) }
}

/** A source's id says which base it is of; one that is named beside it has to be that one. */
async function sourceId(call: PlatformCall): Promise<Record<string, unknown>> {
  const sid = idOf(call, 'source_id')
  const base = named(call, ...baseNames)
  if (base !== '') return { id: base, sid }
  if (!isUuid(sid)) return { id: sid, sid }
  const id = await findBaseOf(sid)
  if (id === null) throw sourceNotFound(sid)
  return { id, sid }
}
