import type { Edge, Graph } from '../contract/graph'
import { edgesBySource } from './edges-by-source'

const blockIndexes = new WeakMap<readonly Identified[], ReadonlyMap<string, Identified>>()
const edgeIndexes = new WeakMap<readonly Edge[], ReadonlyMap<string, Edge>>()
const leavingIndexes = new WeakMap<readonly Edge[], ReadonlyMap<string, readonly Edge[]>>()

interface Identified {
  id: string
}

/** Blocks by id, those of a graph or as they are drawn. Made once for each list of them: a thousand cards ask for theirs
 *  after every keystroke. */
export function blockIndex<Item extends Identified>({
  blocks,
}: {
  blocks: readonly Item[]
}): ReadonlyMap<string, Item> {
  // What is remembered by a list was made of that very list.
  return remembered(blockIndexes, blocks, () => new Map(blocks.map((block) => [block.id, block]))) as ReadonlyMap<
    string,
    Item
  >
}

/** Edges by id. */
export function edgeIndex({ edges }: Graph): ReadonlyMap<string, Edge> {
  return remembered(edgeIndexes, edges, () => new Map(edges.map((edge) => [edge.id, edge])))
}

/** Edges by the block they leave. The lists stay the same while the edges do. */
export function leavingIndex({ edges }: Graph): ReadonlyMap<string, readonly Edge[]> {
  return remembered(leavingIndexes, edges, () => edgesBySource(edges))
}

function remembered<Key extends object, Value>(memory: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  const known = memory.get(key)
  if (known !== undefined) return known
  const made = make()
  memory.set(key, made)
  return made
}
