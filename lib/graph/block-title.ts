import type { Catalog } from '../blocks/contract'
import type { Block } from '../contract/graph'

/** What a message calls a block: its name where it has one, with the id that finds it. */
export function titleOf(block: Pick<Block, 'id' | 'name'>): string {
  return block.name === '' || block.name === block.id ? `Block ${block.id}` : `Block ${block.name} (${block.id})`
}

/** What a screen calls a block: its name, else what its type is called. */
export function shownName({ name, type }: Pick<Block, 'name' | 'type'>, catalog: Catalog): string {
  return name.trim() || (catalog.get(type)?.title ?? type)
}
