import 'server-only'
import { catalog } from '../blocks/catalog'
import type { Graph, GraphIssue } from '../contract/graph'
import { pool } from '../data/database'
import { keepVersion } from '../data/graph-versions'
import { readGraphDocument } from '../data/runnable'
import { compileGraph } from '../graph/compile-graph'
import type { Plan } from '../graph/plan'
import { maxCachedPlans } from '../limits'

/** A version of a workflow's graph, compiled. `plan` is null when `issues` hold an error. */
export interface CompiledVersion {
  workflowId: string
  version: number
  plan: Plan | null
  issues: readonly GraphIssue[]
}

/** Compiled graphs by workflow and version. A version never changes, so neither does what is cached. */
export interface Plans {
  /** Null when the workflow has no such version. */
  load(workflowId: string, version: number): Promise<CompiledVersion | null>
  /** Makes sure the version stands in the history before its first execution does. */
  keep(compiled: CompiledVersion, createdBy: string | null): Promise<void>
}

interface Cached {
  compiled: CompiledVersion
  document: string
  kept: Promise<void> | null
}

/** Opens a cache of `maxCachedPlans` compiled versions; the longest unused goes first. */
export function createPlans(): Plans {
  const cache = new Map<string, Promise<Cached | null>>()

  function lookUp(workflowId: string, version: number): Promise<Cached | null> {
    const key = `${workflowId}:${version}`
    const found = cache.get(key) ?? compileVersion(workflowId, version)
    cache.delete(key)
    cache.set(key, found)
    found.then(
      (cached) => cached ?? cache.delete(key),
      () => cache.delete(key),
    )
    const [oldest] = cache.keys()
    if (cache.size > maxCachedPlans && oldest !== undefined) cache.delete(oldest)
    return found
  }

  return {
    load: async (workflowId, version) => (await lookUp(workflowId, version))?.compiled ?? null,
    async keep({ workflowId, version }, createdBy) {
      const cached = await lookUp(workflowId, version)
      if (!cached) return
      cached.kept ??= keepVersion(pool(), { workflowId, version, document: cached.document, createdBy }).catch(
        (error: unknown) => {
          cached.kept = null
          throw error
        },
      )
      await cached.kept
    },
  }
}

async function compileVersion(workflowId: string, version: number): Promise<Cached | null> {
  const document = await readGraphDocument(workflowId, version)
  if (document === null) return null
  // Written by save-graph from a parsed graph.
  const graph = JSON.parse(document) as Graph
  const { plan, issues } = compileGraph(graph, catalog)
  return { compiled: { workflowId, version, plan, issues }, document, kept: null }
}
