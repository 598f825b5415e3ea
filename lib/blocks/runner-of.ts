import 'server-only'
import type { BlockDefinition, Runner } from './contract'
import type { BlockType } from './definitions'
import { runners } from './runners'

/** The runner of a canonical type. Hand it a config that its own definition's schema parsed. */
export function runnerOf(type: string): Runner<BlockDefinition> {
  if (!isBlockType(type)) throw new Error(`There is no runner for the block type ${type}`)
  // The caller parsed the config with the schema of this very type, which is all its runner asks.
  return runners[type]
}

function isBlockType(type: string): type is BlockType {
  return Object.hasOwn(runners, type)
}
