import type { Scope } from '../blocks/contract'
import type { BlockData } from '../contract/execution'
import type { Block, Graph } from '../contract/graph'
import type { JsonObject } from '../contract/json'
import { blocksBefore } from './reference-choices'

/** A scope that also tells whether a block that runs before this one has an id or name. */
export interface KnownScope extends Scope {
  reaches: (idOrName: string) => boolean
}

/** What a block's references and expressions would read if it ran now: the newest data of the blocks before it. */
export function lastScope(
  graph: Graph,
  blockId: string,
  { lastData, variables }: { lastData: ReadonlyMap<string, BlockData>; variables: JsonObject },
): KnownScope {
  // Found when first asked for: most fields refer to nothing.
  let visible: readonly Block[] | null = null
  const find = (idOrName: string) => {
    visible ??= visibleTo(graph, blockId)
    return visible.find(({ id }) => id === idOrName) ?? visible.find(({ name }) => name === idOrName)
  }
  return {
    variables,
    reaches: (idOrName) => find(idOrName) !== undefined,
    block(idOrName) {
      const found = find(idOrName)
      return found && lastData.get(found.id)
    },
  }
}

function visibleTo(graph: Graph, blockId: string): Block[] {
  const before = new Set(blocksBefore(graph, blockId).map(({ id }) => id))
  return graph.blocks.filter(({ id }) => before.has(id))
}
