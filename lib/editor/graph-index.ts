import type { Block, Edge, Graph } from '../contract/graph'
import { edgesBySource } from './edges-by-source'

const blockIndexes = new WeakMap<readonly Block[], ReadonlyMap<string, Block>>()
const edgeIndexes = new WeakMap<readonly Edge[], ReadonlyMap<string, Edge>>()
const leavingIndexes = new WeakMap<readonly Edge[], ReadonlyMap<string, readonly Edge[]>>()

/** Blocks by id. Made once for each graph: a thousand cards ask for theirs after every keystroke. */
export function blockIndex({ blocks }: Graph): ReadonlyMap<string, Block> {
  return remembered(blockIndexes, blocks, () => new Map(blocks.map((block) => [block.id, block])))
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
