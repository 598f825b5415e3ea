/** Blocks (by index) and edges between them; self loops left out by the caller. */
export interface Links {
  blockCount: number
  /** Targets of each block's edges. */
  targets: readonly (readonly number[])[]
}

/** Blocks in an order that puts every source before its targets. Those on cycles, and behind them, are left out. */
export function topologicalOrder({ blockCount, targets }: Links): number[] {
  const waitingFor = new Uint32Array(blockCount)
  for (const list of targets) for (const target of list) waitingFor[target] = (waitingFor[target] ?? 0) + 1
  const order: number[] = []
  for (let block = 0; block < blockCount; block++) if (waitingFor[block] === 0) order.push(block)
  // The list grows while it is walked.
  for (const block of order) {
    for (const target of targets[block] ?? []) {
      const left = (waitingFor[target] ?? 0) - 1
      waitingFor[target] = left
      if (left === 0) order.push(target)
    }
  }
  return order
}

/** Cycles of a graph as lists of blocks in edge order, `limit` at most, no two sharing a block. Empty when there are none. */
export function findCycles(links: Links, limit: number): number[][] {
  const cycles: number[][] = []
  let targets = links.targets
  while (cycles.length < limit) {
    const sorted = new Set(topologicalOrder({ ...links, targets }))
    const cycle = cycleAmong(targets, sorted, links.blockCount)
    if (!cycle) break
    cycles.push(cycle)
    const removed = new Set(cycle)
    targets = targets.map((list, source) => (removed.has(source) ? [] : list.filter((target) => !removed.has(target))))
  }
  return cycles
}

/** Every block that could not be sorted has one before it that could not be either: walking back must meet itself. */
function cycleAmong(
  targets: readonly (readonly number[])[],
  sorted: ReadonlySet<number>,
  blockCount: number,
): number[] | null {
  const before = new Map<number, number>()
  for (let source = blockCount - 1; source >= 0; source--) {
    if (!sorted.has(source)) for (const target of targets[source] ?? []) before.set(target, source)
  }
  const [start] = before.keys()
  if (start === undefined) return null
  const walked = [start]
  const placeOf = new Map([[start, 0]])
  for (;;) {
    const previous = before.get(walked.at(-1) ?? start)
    if (previous === undefined) return null
    const place = placeOf.get(previous)
    if (place !== undefined) return rotateToSmallest(walked.slice(place).reverse())
    placeOf.set(previous, walked.length)
    walked.push(previous)
  }
}

function rotateToSmallest(cycle: number[]): number[] {
  const start = cycle.indexOf(Math.min(...cycle))
  return [...cycle.slice(start), ...cycle.slice(0, start)]
}
