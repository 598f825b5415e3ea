import type { Edge } from '../contract/graph'
import { edgesBySource } from './edges-by-source'

interface Card {
  id: string
  x: number
  y: number
  width: number
  height: number
}

const columnGap = 96
const rowGap = 32

/** Leaves cards where they were saved. When all of them lie on one spot (a graph saved without positions), lays them
 *  out in columns from left to right: each block right of every block before it. */
export function placeBlocks<T extends Card>(cards: readonly T[], edges: readonly Edge[]): T[] {
  const [first] = cards
  const isPlaced = cards.length < 2 || cards.some((card) => card.x !== first?.x || card.y !== first.y)
  if (isPlaced) return [...cards]
  const columns = columnsOf(cards, edges)
  const placed = new Map<T, { x: number; y: number }>()
  let x = 0
  for (const column of columns) {
    const height = column.reduce((sum, card) => sum + card.height + rowGap, -rowGap)
    let y = -height / 2
    for (const card of column) {
      placed.set(card, { x, y: Math.round(y) })
      y += card.height + rowGap
    }
    x += Math.max(...column.map((card) => card.width)) + columnGap
  }
  return cards.map((card) => ({ ...card, ...placed.get(card) }))
}

/** Blocks by the length of the longest way to them. What only a cycle reaches stands in the last column. */
function columnsOf<T extends Card>(cards: readonly T[], edges: readonly Edge[]): T[][] {
  const targetsOf = edgesBySource(edges)
  const open = new Map(cards.map((card) => [card.id, 0]))
  for (const edge of edges) open.set(edge.target, (open.get(edge.target) ?? 0) + 1)
  const depth = new Map<string, number>()
  const ready = cards.filter((card) => open.get(card.id) === 0).map((card) => card.id)
  for (const id of ready) depth.set(id, 0)
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    for (const { target } of targetsOf.get(next) ?? []) {
      depth.set(target, Math.max(depth.get(target) ?? 0, (depth.get(next) ?? 0) + 1))
      const left = (open.get(target) ?? 0) - 1
      open.set(target, left)
      if (left === 0) ready.push(target)
    }
  }
  const last = [...depth.values()].reduce((most, one) => Math.max(most, one), -1)
  for (const card of cards) if ((open.get(card.id) ?? 0) > 0) depth.set(card.id, last + 1)
  const columns: T[][] = []
  for (const card of cards) (columns[depth.get(card.id) ?? 0] ??= []).push(card)
  return columns.filter((column) => column.length > 0)
}
