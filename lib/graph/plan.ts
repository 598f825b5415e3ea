import type { AncestorSets } from './ancestors'
import type { InputMapping } from './input-mappings'
import { referencesIn, type Template } from './references'
import type { Block } from '../contract/graph'
import type { BlockDefinition } from '../blocks/contract'

/** When an edge is live once its source completed (`error`: once it failed). Source: API contract, section 6. */
export type EdgeTrigger = { kind: 'always' } | { kind: 'route'; route: string } | { kind: 'error' }

/** An edge of a plan: blocks are given by their place in the graph. */
export interface PlanEdge {
  id: string
  source: number
  target: number
  on: EdgeTrigger
}

/** A block ready to run: its definition found, its config compiled, its edges at hand. Disabled blocks are here too. */
export interface PlanBlock {
  /** Place in `Plan.blocks`, which is the order of the graph. */
  index: number
  block: Block
  /** Canonical type: `code` for a block saved as `function`. */
  type: string
  definition: BlockDefinition
  /** The config as a template; bound fields and `_inputMappings` are constant in it. */
  template: Template
  mappings: readonly InputMapping[]
  incoming: readonly PlanEdge[]
  outgoing: readonly PlanEdge[]
  /** Memo of `visibleBlock`. Its keys come from the saved config only, so it stays small. */
  lookups: Map<string, number | undefined>
}

/** A graph that can run. Immutable and free of any execution's state: one plan serves many executions at once. */
export interface Plan {
  blocks: readonly PlanBlock[]
  ancestors: AncestorSets
  indexOfId: ReadonlyMap<string, number>
  /** Graph order; blocks without a name are left out. */
  indexesOfName: ReadonlyMap<string, readonly number[]>
}

/** Finds the block another block means by an id or a name: among its ancestors, id wins over name, and of equal names
 *  the first in graph order. Undefined when there is none. */
export function visibleBlock(plan: Plan, block: PlanBlock, idOrName: string): number | undefined {
  if (block.lookups.has(idOrName)) return block.lookups.get(idOrName)
  const isAncestor = (index: number) => plan.ancestors.has(block.index, index)
  const byId = plan.indexOfId.get(idOrName)
  const found =
    byId !== undefined && isAncestor(byId) ? byId : plan.indexesOfName.get(idOrName)?.find((index) => isAncestor(index))
  block.lookups.set(idOrName, found)
  return found
}

/** Indexes of all blocks before a block, in graph order. */
export function ancestorsOf(plan: Plan, block: PlanBlock): readonly number[] {
  return plan.ancestors.list(block.index)
}

/** Indexes of the blocks with an edge to a block, each once, in graph order. */
export function upstreamOf(_plan: Plan, block: PlanBlock): readonly number[] {
  return [...new Set(block.incoming.map((edge) => edge.source))].sort((a, b) => a - b)
}

/** Names of the vault secrets a plan reads, each once. */
export function secretsUsedBy(plan: Plan): string[] {
  const names = new Set<string>()
  for (const block of plan.blocks) {
    if (!block.block.enabled) continue
    for (const reference of referencesIn(block.template)) if (reference.kind === 'secret') names.add(reference.name)
  }
  return [...names]
}
