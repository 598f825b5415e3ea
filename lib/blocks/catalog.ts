import type { BlockDefinition, Catalog } from './contract'
import { definitions } from './definitions'

/** Every block definition by each spelling the wire accepts: canonical types and aliases. */
export const catalog: Catalog = new Map(
  Object.values<BlockDefinition>(definitions).flatMap((definition) =>
    [definition.type, ...definition.aliases].map((spelling) => [spelling, definition] as const),
  ),
)
