import type { StoreApi } from 'zustand/vanilla'
import type { Graph, GraphIssue } from '../contract/graph'
import type { Editor } from './editor'
import { shownIssue } from './shown-issue'

/** What is wrong with the graph as it stands now, and the same by block. */
export interface Problems {
  list: readonly GraphIssue[]
  byBlock: ReadonlyMap<string, readonly GraphIssue[]>
  errorCount: number
}

export const emptyProblems: Problems = { list: [], byBlock: new Map(), errorCount: 0 }

const none: readonly GraphIssue[] = []
/** Hands rest this long before the graph is compiled again. */
const restMs = 200

/** Compiles the graph after every edit, in the browser; the compiler is loaded on its first use. What only the server
 *  knows joins in while its answer is about the graph on screen. What it returns ends it. */
export function watchProblems(editor: Editor, problems: StoreApi<Problems>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let shown: Graph | null = null
  const find = async () => {
    const { compileGraph } = await import('../graph/compile-graph')
    const { graph } = editor.store.getState()
    const { unreadableExpressions } = await import('../graph/unreadable-expressions')
    const compiled = compileGraph(graph.current, editor.catalog).issues
    const own = [...compiled, ...unreadableExpressions(graph.current, editor.catalog)]
    const known = new Set(own.map(keyOf))
    const serverOnly =
      graph.current === graph.saved ? (graph.issues ?? none).filter((one) => !known.has(keyOf(one))) : none
    shown = graph.current
    const list = [...own, ...serverOnly].map((issue) => shownIssue(issue, graph.current, editor.catalog))
    problems.setState(problemsOf(list, problems.getState().byBlock))
  }
  const schedule = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void find(), restMs)
  }
  const unsubscribe = editor.store.subscribe(({ graph }, before) => {
    if (graph.current !== shown || graph.issues !== before.graph.issues) schedule()
  })
  schedule()
  return () => {
    unsubscribe()
    clearTimeout(timer)
  }
}

/** Lists of blocks whose problems stayed the same keep their identity. */
function problemsOf(list: readonly GraphIssue[], before: Problems['byBlock']): Problems {
  const byBlock = new Map<string, readonly GraphIssue[]>()
  for (const issue of list)
    if (issue.block !== null) byBlock.set(issue.block, [...(byBlock.get(issue.block) ?? none), issue])
  for (const [id, issues] of byBlock) {
    const known = before.get(id)
    if (known && known.map(keyOf).join('\n') === issues.map(keyOf).join('\n')) byBlock.set(id, known)
  }
  return { list, byBlock, errorCount: list.filter(({ severity }) => severity === 'error').length }
}

function keyOf({ code, block, path, message }: GraphIssue): string {
  return JSON.stringify([code, block, path, message])
}
