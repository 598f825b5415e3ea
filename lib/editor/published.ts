import type { StoreApi } from 'zustand/vanilla'
import type { Graph } from '../contract/graph'
import { replaceGraph } from '../graph/edit'
import type { Editor } from './editor'
import { listChanges, type GraphChange } from './graph-changes'
import { readVersion } from './publish'

/** What the world runs, beside what is on the canvas. */
export interface Published {
  /** The deployed version's graph; null while there is none, or it is not read yet. */
  live: Graph | null
  /** What a deploy would change; null as long as `live` is. */
  changes: readonly GraphChange[] | null
}

export const nothingPublished: Published = { live: null, changes: null }

/** Hands rest this long before the two are compared again. */
const restMs = 200

type Facts = StoreApi<{ deployed_version: number | null }>

/** Keeps what is published up to date: reads the deployed version whenever another one is, and compares it with the
 *  canvas after every edit. What it returns ends it. */
export function watchPublished(editor: Editor, facts: Facts, published: StoreApi<Published>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  const compare = () => {
    const { live } = published.getState()
    const { current } = editor.store.getState().graph
    if (live) published.setState({ changes: listChanges(live, current, editor.catalog) })
  }
  const read = async (version: number | null) => {
    published.setState(nothingPublished)
    if (version === null) return
    const graph = await readVersion(editor.workflowId, version).catch(() => null)
    if (isOver || graph === null || facts.getState().deployed_version !== version) return
    // Blocks that are the same on both sides become the very same objects, so comparing costs next to nothing.
    published.setState({ live: replaceGraph(editor.store.getState().graph.current, graph).graph })
    compare()
  }
  const leaveFacts = facts.subscribe(({ deployed_version: version }, before) => {
    if (version !== before.deployed_version) void read(version)
  })
  const leaveEditor = editor.store.subscribe(({ graph }, before) => {
    if (graph.current === before.graph.current) return
    clearTimeout(timer)
    timer = setTimeout(compare, restMs)
  })
  void read(facts.getState().deployed_version)
  return () => {
    isOver = true
    clearTimeout(timer)
    leaveFacts()
    leaveEditor()
  }
}
