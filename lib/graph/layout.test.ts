import { describe, expect, it } from 'vitest'
import { graphOf } from './catalog.fixture'
import { layoutGraph } from './layout'

const sizeOf = () => ({ width: 248, height: 60 })
const graph = graphOf(
  [
    ['d', 'split'],
    ['c', 'split'],
    ['b', 'split'],
    ['a', 'split'],
  ],
  [
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'd'],
    ['c', 'd'],
    ['d', 'd'],
  ],
)

describe('layoutGraph', () => {
  it('lets every edge run to the right, without blocks over one another, on the grid', () => {
    const places = layoutGraph(graph, { sizeOf })
    for (const { source, target } of graph.edges.slice(0, 4))
      expect(places.get(target)?.x).toBeGreaterThanOrEqual((places.get(source)?.x ?? 0) + 248)
    expect(Math.abs((places.get('b')?.y ?? 0) - (places.get('c')?.y ?? 0))).toBeGreaterThanOrEqual(60)
    for (const { x, y } of places.values()) expect([x % 8, y % 8].map(Math.abs)).toEqual([0, 0])
  })

  it('keeps the upper left corner where it is', () => {
    const blocks = graph.blocks.map((block) => ({ ...block, position: { x: 800, y: -160 } }))
    const places = [...layoutGraph({ ...graph, blocks }, { sizeOf }).values()]
    expect([Math.min(...places.map(({ x }) => x)), Math.min(...places.map(({ y }) => y))]).toEqual([800, -160])
  })

  it('lays out some blocks and leaves the others alone', () => {
    expect([...layoutGraph(graph, { sizeOf, only: new Set(['a', 'b']) }).keys()]).toEqual(['b', 'a'])
    expect(layoutGraph(graphOf([]), { sizeOf })).toEqual(new Map())
  })

  it('places the blocks of a cycle, and a thousand blocks', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `b${index}`)
    const edges = ids.flatMap((id, index) => [
      [id, ids[(index + 1) % 1_000]!] as const,
      [id, ids[(index * 7) % 1_000]!] as const,
    ])
    const places = layoutGraph(
      graphOf(
        ids.map((id) => [id, 'split']),
        edges,
      ),
      { sizeOf },
    )
    expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(1_000)
  })
})

describe('a graph too large for the layout engine', () => {
  it('runs to the right too, with no block over another', () => {
    const ids = Array.from({ length: 700 }, (_, index) => `b${index}`)
    const edges = ids.slice(1).map((id, index) => [ids[Math.floor(index / 3)]!, id] as const)
    const large = graphOf(
      ids.toReversed().map((id) => [id, 'split']),
      edges,
    )
    const places = layoutGraph(large, { sizeOf })
    for (const { source, target } of large.edges)
      expect(places.get(target)?.x).toBeGreaterThanOrEqual((places.get(source)?.x ?? 0) + 248)
    const columns = new Map<number, { y: number }[]>()
    for (const { x, y } of places.values()) columns.set(x, [...(columns.get(x) ?? []), { y }])
    for (const column of columns.values()) {
      const rows = column.map(({ y }) => y).sort((a, b) => a - b)
      rows.slice(1).forEach((y, index) => expect(y - (rows[index] ?? 0)).toBeGreaterThanOrEqual(60))
    }
  })
})
