/** A card to place, and the cards its edges come from. */
export interface Card {
  id: string
  width: number
  height: number
}

/** Lays cards out in columns from left to right, each right of every card before it (cycles are cut where they are met)
 *  and level with the cards its edges come from. One pass: for graphs that the layout engine would take seconds for. */
export function layoutColumns(
  cards: readonly Card[],
  edges: readonly { source: string; target: string }[],
  gaps: { column: number; row: number },
): Map<string, { x: number; y: number }> {
  const sourcesOf = new Map(cards.map(({ id }) => [id, new Set<string>()]))
  for (const { source, target } of edges) if (source !== target) sourcesOf.get(target)?.add(source)
  const columnOf = columnsByLongestWay(cards, edges)
  const columns: Card[][] = []
  for (const card of cards) (columns[columnOf.get(card.id) ?? 0] ??= []).push(card)
  const places = new Map<string, { x: number; y: number }>()
  const middles = new Map<string, number>()
  let x = 0
  for (const column of columns) {
    const wished = column.map((card) => ({ card, middle: meanOf(sourcesOf.get(card.id) ?? [], middles) }))
    for (const { card, y } of stacked(wished, gaps.row)) {
      places.set(card.id, { x, y })
      middles.set(card.id, y + card.height / 2)
    }
    x += column.reduce((most, card) => Math.max(most, card.width), 0) + gaps.column
  }
  return places
}

/** How many columns lie between the ends of all edges together: what long edges cost a layout engine. */
export function columnsSpanned(cards: readonly Card[], edges: readonly { source: string; target: string }[]): number {
  const columnOf = columnsByLongestWay(cards, edges)
  return edges.reduce(
    (sum, edge) => sum + Math.abs((columnOf.get(edge.target) ?? 0) - (columnOf.get(edge.source) ?? 0)),
    0,
  )
}

function columnsByLongestWay(
  cards: readonly Card[],
  edges: readonly { source: string; target: string }[],
): Map<string, number> {
  const targetsOf = new Map<string, string[]>(cards.map(({ id }) => [id, []]))
  const open = new Map(cards.map(({ id }) => [id, 0]))
  for (const { source, target } of edges) {
    if (source === target) continue
    targetsOf.get(source)?.push(target)
    open.set(target, (open.get(target) ?? 0) + 1)
  }
  const columnOf = new Map<string, number>()
  const done = new Set<string>()
  const ready = cards.filter(({ id }) => open.get(id) === 0).map(({ id }) => id)
  // What is left when nothing is ready waits for a cycle: it is cut at its first card.
  for (const { id: first } of cards) {
    if (ready.length === 0 && !done.has(first)) ready.push(first)
    for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
      if (done.has(id)) continue
      done.add(id)
      const column = columnOf.get(id) ?? 0
      columnOf.set(id, column)
      for (const target of targetsOf.get(id) ?? []) {
        if (done.has(target)) continue
        columnOf.set(target, Math.max(columnOf.get(target) ?? 0, column + 1))
        const left = (open.get(target) ?? 0) - 1
        open.set(target, left)
        if (left === 0) ready.push(target)
      }
    }
  }
  return columnOf
}

/** Cards of a column from top to bottom, as near to where they wish to be as they can without touching. */
function stacked(wished: readonly { card: Card; middle: number }[], gap: number): { card: Card; y: number }[] {
  const sorted = wished.toSorted((a, b) => a.middle - b.middle)
  let next = -Infinity
  let pushed = 0
  const placed = sorted.map(({ card, middle }) => {
    const wish = middle - card.height / 2
    const y = Math.max(wish, next)
    next = y + card.height + gap
    pushed += y - wish
    return { card, y }
  })
  // All of them up by the mean of how far each was pushed down.
  return placed.map(({ card, y }) => ({ card, y: y - pushed / placed.length }))
}

function meanOf(ids: Iterable<string>, middles: ReadonlyMap<string, number>): number {
  let sum = 0
  let count = 0
  for (const id of ids) {
    const middle = middles.get(id)
    if (middle === undefined) continue
    sum += middle
    count++
  }
  return count === 0 ? 0 : sum / count
}
