import { hideConfig, hiddenMark } from './hide-values'
import { updateBlock, withoutCredentials } from './update-block'
import { mintCredentials, type Mint } from './new-block'
import type { Catalog } from '../blocks/contract'
import type { Block, Edge, Graph } from '../contract/graph'
import type { WorkflowDiff } from '../contract/workflow-diff'

/** The graph with a proposal in it. What the proposal does not name stays the very same; credentials, hidden values and
 *  what a person edited meanwhile stay as they are in changed blocks. `mint` gives new blocks credentials of their own; without it they have none. What the
 *  graph no longer has is passed over, and edges that would lead nowhere are left out. */
export function applyDiff(
  graph: Graph,
  diff: WorkflowDiff,
  { catalog, mint }: { catalog: Catalog; mint?: Mint | undefined },
): Graph {
  const gone = new Set(diff.remove_blocks)
  const updates = new Map(diff.update_blocks.map((update) => [update.id, update]))
  const kept = graph.blocks
    .filter(({ id }) => !gone.has(id))
    .map((block) => {
      const update = updates.get(block.id)
      return update ? updateBlock(block, update, catalog.get(block.type)).block : block
    })
  const taken = new Set(kept.map(({ id }) => id))
  const added = diff.add_blocks
    .filter(({ id }) => !taken.has(id))
    .map((block): Block => {
      const config = withoutCredentials(block.config, catalog.get(block.type))
      return { ...block, config: mint ? mintCredentials(config, catalog.get(block.type), mint) : config }
    })
  const blocks = [...kept, ...added]
  const ids = new Set(blocks.map(({ id }) => id))
  const isWhole = (edge: Edge) => ids.has(edge.source) && ids.has(edge.target)
  const cut = new Set(diff.remove_edges)
  const edges = graph.edges.filter((edge) => !cut.has(edge.id) && isWhole(edge))
  const edgeIds = new Set(edges.map(({ id }) => id))
  return { blocks, edges: [...edges, ...diff.add_edges.filter((edge) => !edgeIds.has(edge.id) && isWhole(edge))] }
}

/** The graph as the copilot may see it, and every text that was hidden in it. */
export function hideGraph(graph: Graph, catalog: Catalog): { graph: Graph; values: string[] } {
  const values: string[] = []
  const blocks = graph.blocks.map((block) => {
    const hidden = hideConfig(block.config, catalog.get(block.type))
    values.push(...hidden.values)
    return { ...block, config: hidden.config }
  })
  return { graph: { blocks, edges: graph.edges }, values: values.filter((value) => value !== hiddenMark) }
}
