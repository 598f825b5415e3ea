import { isEqual } from './diff'
import type { Block, Edge, Graph } from '../contract/graph'
import type { Json, JsonObject } from '../contract/json'

/** A block or edge that both sides changed, each in its own way. */
export interface Overlap {
  kind: 'block' | 'edge'
  id: string
  mine: 'changed' | 'removed'
  theirs: 'changed' | 'removed'
}

/** Brings together two graphs that grew out of the same base. A block both sides changed is fine as long as they changed
 *  different parts of it (name, position, config, …); else it is an overlap, and `graph` is null. Theirs come first, in
 *  their order; what only this side added follows. */
export function mergeGraphs(sides: { base: Graph; mine: Graph; theirs: Graph }): {
  graph: Graph | null
  overlaps: Overlap[]
} {
  const { base, mine, theirs } = sides
  const overlaps: Overlap[] = []
  const blocks = mergeLists<Block>('block', { base: base.blocks, mine: mine.blocks, theirs: theirs.blocks }, overlaps)
  const edges = mergeLists<Edge>('edge', { base: base.edges, mine: mine.edges, theirs: theirs.edges }, overlaps)
  const ids = new Set(blocks.map(({ id }) => id))
  // One side connected a block the other side removed.
  for (const { source, target } of edges) {
    for (const id of [source, target]) {
      if (ids.has(id) || overlaps.some((overlap) => overlap.id === id)) continue
      const isMineGone = !mine.blocks.some((block) => block.id === id)
      const [isRemoved, isChanged] = ['removed', 'changed'] as const
      overlaps.push({
        kind: 'block',
        id,
        mine: isMineGone ? isRemoved : isChanged,
        theirs: isMineGone ? isChanged : isRemoved,
      })
    }
  }
  return { graph: overlaps.length === 0 ? { blocks, edges } : null, overlaps }
}

interface Sides<Value> {
  base: Value
  mine: Value
  theirs: Value
}

function mergeLists<Item extends Block | Edge>(
  kind: Overlap['kind'],
  { base, mine, theirs }: Sides<readonly Item[]>,
  overlaps: Overlap[],
): Item[] {
  const baseOf = byId(base)
  const mineOf = byId(mine)
  const theirsOf = byId(theirs)
  const merged: Item[] = []
  for (const id of new Set([...theirsOf.keys(), ...mineOf.keys(), ...baseOf.keys()])) {
    const sides = { base: baseOf.get(id), mine: mineOf.get(id), theirs: theirsOf.get(id) }
    const item = mergeItem(sides)
    if (item) merged.push(item)
    if (item !== null) continue
    overlaps.push({
      kind,
      id,
      mine: sides.mine ? 'changed' : 'removed',
      theirs: sides.theirs ? 'changed' : 'removed',
    })
  }
  return merged
}

/** The merged item, undefined when it is gone, null when the sides do not go together. */
function mergeItem<Item extends Block | Edge>({
  base,
  mine,
  theirs,
}: Sides<Item | undefined>): Item | undefined | null {
  if (isSame(mine, base) || isSame(mine, theirs)) return theirs
  if (isSame(theirs, base)) return mine
  if (!base || !mine || !theirs) return null
  const [was, left, right] = [fieldsOf(base), fieldsOf(mine), fieldsOf(theirs)]
  const fields: [string, Json | undefined][] = []
  for (const key of Object.keys(right)) {
    const isMineSame = isEqual(left[key], was[key]) || isEqual(left[key], right[key])
    if (!isMineSame && !isEqual(right[key], was[key])) return null
    fields.push([key, isMineSame ? right[key] : left[key]])
  }
  // Each field was taken from one of the three, which are of one kind.
  return Object.fromEntries(fields) as unknown as Item
}

function isSame(a: Block | Edge | undefined, b: Block | Edge | undefined): boolean {
  if (!a || !b) return a === b
  return a === b || isEqual(fieldsOf(a), fieldsOf(b))
}

function fieldsOf(item: Block | Edge): JsonObject {
  return { ...item }
}

function byId<Item extends { id: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]))
}
