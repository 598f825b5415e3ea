import 'server-only'
import { chooseEmbedder, embedTexts } from './embed-texts'
import { requireKnowledgeBase } from './knowledge-bases'
import type { Call } from '../contract/endpoint'
import type {
  KnowledgeBaseItem,
  KnowledgeBaseParams,
  KnowledgeFound,
  KnowledgeHit,
  MeaningSearch,
  SearchKnowledgeBody,
} from '../contract/knowledge'
import { countEmbedded } from '../data/knowledge-embeddings'
import { findByEmbedding, findByWords, type FoundChunk } from '../data/knowledge-search'
import { maxKnowledgeHits, queryEmbeddingTimeoutMs } from '../limits'
import { isProblem } from '../models/choose-model'
import { modelName } from '../models/provider'

/** Finds what a base knows about the query, best first: by its words always, and by its meaning where a model embeds
 *  them. What kept it from meanings is told beside the hits. @throws NOT_FOUND. */
export async function searchKnowledge({
  params,
  body,
  request,
}: Call<KnowledgeBaseParams, object, SearchKnowledgeBody>): Promise<KnowledgeFound> {
  const base = await requireKnowledgeBase(params.id)
  const [byWords, { found, meaning }] = await Promise.all([
    findByWords(base.id, body.query, maxKnowledgeHits),
    findByMeaning(base, body.query, request.signal),
  ])
  return { hits: mergeByRank([byWords, found]).slice(0, body.limit), meaning }
}

interface FoundByMeaning {
  found: FoundChunk[]
  meaning: MeaningSearch
}

async function findByMeaning(base: KnowledgeBaseItem, query: string, signal: AbortSignal): Promise<FoundByMeaning> {
  const embedder = await chooseEmbedder(base.embedding_model)
  if (isProblem(embedder)) return notSearched(null, embedder.message)
  const model = modelName(embedder)
  const { embedded, total } = await countEmbedded(base.id, model)
  const problem = embedded < total ? `${total - embedded} of ${total} sources are not embedded by ${model} yet` : null
  // Nothing to compare with: no model is paid for it.
  if (embedded === 0) return notSearched(model, problem ?? 'there are no sources')
  const asked = await embedTexts(embedder, [query], { signal, timeoutMs: queryEmbeddingTimeoutMs })
  if (asked.embeddings === null) return notSearched(model, asked.problem)
  const [embedding = []] = asked.embeddings
  const found = await findByEmbedding(base.id, { model, embedding }, maxKnowledgeHits)
  return { found, meaning: { searched: true, model, problem } }
}

function notSearched(model: string | null, problem: string): FoundByMeaning {
  return { found: [], meaning: { searched: false, model, problem } }
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
