import 'server-only'
import { embedTexts } from './embed-texts'
import { requireKnowledgeBase } from './knowledge-bases'
import type { Call } from '../contract/endpoint'
import type { KnowledgeBaseParams, KnowledgeHit, SearchKnowledgeBody } from '../contract/knowledge'
import { findByEmbedding, findByWords, type FoundChunk } from '../data/knowledge-search'
import { maxKnowledgeHits } from '../limits'

/** Finds what a base knows about the query, best first: by its words, and by its meaning where the base has an embedding
 *  model. @throws NOT_FOUND; MODEL_NOT_CONFIGURED and EXECUTION_FAILED by that model. */
export async function searchKnowledge({
  params,
  body,
  request,
}: Call<KnowledgeBaseParams, object, SearchKnowledgeBody>): Promise<{ hits: KnowledgeHit[] }> {
  const { embedding_model: model } = await requireKnowledgeBase(params.id)
  const [byWords, byMeaning] = await Promise.all([
    findByWords(params.id, body.query, maxKnowledgeHits),
    model === null ? [] : findByMeaning(params.id, model, body.query, request.signal),
  ])
  return { hits: mergeByRank([byWords, byMeaning]).slice(0, body.limit) }
}

async function findByMeaning(id: string, model: string, query: string, signal: AbortSignal): Promise<FoundChunk[]> {
  const [embedding = []] = await embedTexts(model, [query], signal)
  return findByEmbedding(id, embedding, maxKnowledgeHits)
}

/** Softens how much the first places count. Source: Cormack, Clarke and Büttcher, Reciprocal Rank Fusion, 2009. */
const rankOffset = 60

/** Scores of the two kinds of search mean nothing to each other; their ranks do. */
function mergeByRank(lists: readonly (readonly FoundChunk[])[]): KnowledgeHit[] {
  const hits = new Map<string, KnowledgeHit>()
  for (const list of lists)
    list.forEach(({ id, ...chunk }, rank) => {
      const score = (hits.get(id)?.score ?? 0) + 1 / (rankOffset + rank + 1)
      hits.set(id, { ...chunk, score })
    })
  return [...hits.values()].sort((left, right) => right.score - left.score)
}
