import { edited, type Edited } from './patch'
import { isReferable, rewriteReferences } from '../rewrite-references'
import type { Catalog } from '../../blocks/contract'
import type { Block, Graph } from '../../contract/graph'

/** Renames a block, and with it every reference by its old name that led to it, so that none breaks. Where the new name
 *  would lead elsewhere (or cannot be written in a reference) the id is written. Names in code stay as they are. */
export function renameBlock(
  graph: Graph,
  { blockId, name, catalog }: { blockId: string; name: string; catalog: Catalog },
): Edited {
  const block = graph.blocks.find(({ id }) => id === blockId)
  if (!block || block.name === name) return edited(graph, graph)
  const renamed: Block = { ...block, name }
  const blocks = graph.blocks.map((one) => (one === block ? renamed : one))
  if (block.name === '') return edited(graph, { blocks, edges: graph.edges })
  const before = JSON.stringify(block.name).slice(1, -1)
  const sourcesOf = sourcesByTarget(graph)
  const followed = blocks.map((one) => {
    // Most blocks do not mention the name at all: looking for ancestors costs more than looking for text.
    if (one === renamed || !JSON.stringify(one.config).includes(before)) return one
    const ancestors = ancestorsOf(one.id, sourcesOf)
    if (meant(graph.blocks, ancestors, block.name) !== block) return one
    const root = meant(blocks, ancestors, name) === renamed && isReferable(name) ? name : blockId
    if (!isReferable(root)) return one
    const config = rewriteReferences(one.config, catalog.get(one.type), (text) => (text === block.name ? root : text))
    return config === one.config ? one : { ...one, config }
  })
  return edited(graph, { blocks: followed, edges: graph.edges })
}

/** The block a reference means among those: id wins over name, and of equal names the first in graph order. */
function meant(blocks: readonly Block[], among: ReadonlySet<string>, idOrName: string): Block | undefined {
  const seen = blocks.filter(({ id }) => among.has(id))
  return seen.find(({ id }) => id === idOrName) ?? seen.find(({ name }) => name === idOrName)
}

function sourcesByTarget(graph: Graph): Map<string, string[]> {
  const sources = new Map<string, string[]>()
  for (const { source, target } of graph.edges) {
    const list = sources.get(target)
    if (list) list.push(source)
    else sources.set(target, [source])
  }
  return sources
}

function ancestorsOf(blockId: string, sourcesOf: ReadonlyMap<string, string[]>): Set<string> {
  const found = new Set(sourcesOf.get(blockId))
  // The set grows while it is walked.
  for (const id of found) for (const source of sourcesOf.get(id) ?? []) found.add(source)
  return found
}
