import { entriesFor } from './entries'
import type { PlanBlock } from './plan'

/** Blocks no entry leads to, whatever the branches decide, with the disabled block that keeps an entry from leading
 *  there: nothing passes through it. `behind` is null for blocks no way leads to at all. */
export function findUnreached(blocks: readonly PlanBlock[]): { block: PlanBlock; behind: PlanBlock | null }[] {
  const reached = entriesFor({ blocks }, null)
  const closed: PlanBlock[] = []
  // The set grows while it is walked.
  for (const index of reached) {
    const block = blocks[index]
    if (block?.block.enabled) for (const edge of block.outgoing) reached.add(edge.target)
    else if (block) closed.push(block)
  }
  const behind = new Map<number, PlanBlock>()
  for (const block of closed) {
    const seen = new Set([block.index])
    for (const index of seen) {
      for (const { target } of blocks[index]?.outgoing ?? []) {
        if (reached.has(target) || behind.has(target)) continue
        behind.set(target, block)
        seen.add(target)
      }
    }
  }
  return blocks
    .filter(({ index }) => !reached.has(index))
    .map((block) => ({ block, behind: behind.get(block.index) ?? null }))
}
