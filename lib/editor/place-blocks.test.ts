import { describe, expect, it } from 'vitest'
import type { Edge } from '../contract/graph'
import { placeBlocks } from './place-blocks'

function card(id: string, x = 0, y = 0) {
  return { id, x, y, width: 200, height: 60 }
}

function edge(source: string, target: string): Edge {
  return { id: `${source}${target}`, source, target, sourceHandle: 'output', targetHandle: 'input', condition: null }
}

describe('placeBlocks', () => {
  it('leaves saved positions as they are', () => {
    const cards = [card('a', 10, 20), card('b', 10, 20), card('c', 0, 0)]
    expect(placeBlocks(cards, [edge('a', 'b')])).toEqual(cards)
  })

  it('lays out a graph saved without positions so that every edge runs to the right', () => {
    const edges = [edge('a', 'b'), edge('b', 'd'), edge('a', 'c'), edge('c', 'd'), edge('a', 'd')]
    const placed = placeBlocks([card('d'), card('c'), card('b'), card('a')], edges)
    const at = new Map(placed.map((one) => [one.id, one]))
    for (const { source, target } of edges) expect(at.get(source)?.x).toBeLessThan(at.get(target)?.x ?? 0)
    expect(at.get('b')?.y).not.toBe(at.get('c')?.y)
  })

  it('places blocks of a cycle too, right of the others and one under another', () => {
    const placed = placeBlocks([card('a'), card('b'), card('c')], [edge('a', 'b'), edge('b', 'c'), edge('c', 'b')])
    expect(new Set(placed.map(({ x, y }) => `${x} ${y}`)).size).toBe(3)
    expect(placed.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true)
  })
})
