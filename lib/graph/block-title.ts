import type { Block } from '../contract/graph'

/** What a message calls a block: its name where it has one, with the id that finds it. */
export function titleOf(block: Pick<Block, 'id' | 'name'>): string {
  return block.name === '' || block.name === block.id ? `Block ${block.id}` : `Block ${block.name} (${block.id})`
}
