import { entriesFor } from './entries'
import type { PlanBlock } from './plan'

/** Blocks no entry leads to, whatever the branches decide. Nothing passes through a disabled block. */
export function findUnreached(blocks: readonly PlanBlock[]): PlanBlock[] {
  const reached = entriesFor({ blocks }, null)
  // The set grows while it is walked.
  for (const index of reached) {
    const block = blocks[index]
    if (block?.block.enabled) for (const edge of block.outgoing) reached.add(edge.target)
  }
  return blocks.filter(({ index }) => !reached.has(index))
}
