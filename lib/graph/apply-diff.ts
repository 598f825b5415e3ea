import { hideConfig, hiddenMark, restoreHidden } from './hide-values'
import { mintCredentials, type Mint } from './new-block'
import type { BlockDefinition, Catalog } from '../blocks/contract'
import type { Block, Edge, Graph } from '../contract/graph'
import type { JsonObject } from '../contract/json'
import type { BlockUpdate, WorkflowDiff } from '../contract/workflow-diff'

/** The graph with a proposal in it. What the proposal does not name stays the very same; credentials and hidden values of
 *  changed blocks stay as they are. `mint` gives new blocks credentials of their own; without it they have none. What the
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
    .map((block) => updated(block, updates.get(block.id), catalog.get(block.type)))
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

/** A config as a proposal may hold it: a block's credentials are nobody's to propose. */
export function withoutCredentials(config: JsonObject, definition: BlockDefinition | undefined): JsonObject {
  const own = new Set(definition?.credentialFields ?? [])
  return Object.fromEntries(Object.entries(config).filter(([key]) => !own.has(key)))
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

function updated(block: Block, update: BlockUpdate | undefined, definition: BlockDefinition | undefined): Block {
  if (!update) return block
  const { name = block.name, enabled = block.enabled, config } = update
  return { ...block, name, enabled, config: config ? configAfter(block.config, config, definition) : block.config }
}

/** Keys that stay keep their place: their order is saved too. */
function configAfter(was: JsonObject, proposed: JsonObject, definition: BlockDefinition | undefined): JsonObject {
  const own = new Set(definition?.credentialFields ?? [])
  const next = restoreHidden(withoutCredentials(proposed, definition), was)
  const before = Object.keys(was).filter((key) => own.has(key) || Object.hasOwn(next, key))
  const keys = [...before, ...Object.keys(next).filter((key) => !before.includes(key))]
  return Object.fromEntries(keys.map((key) => [key, own.has(key) ? (was[key] ?? null) : (next[key] ?? null)]))
}
