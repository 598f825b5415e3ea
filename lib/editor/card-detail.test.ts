import { describe, expect, it } from 'vitest'
import { blocksIn, detailArea, detailOf, edgesIn, towards } from './card-detail'
import { drawGraph } from './draw-graph'

const pane = { width: 1_000, height: 800 }

const drawing = drawGraph({
  blocks: ['a', 'b', 'c'].map((id, index) => ({
    id,
    type: 'code',
    name: id,
    position: { x: index * 2_000, y: 0 },
    config: {},
    enabled: true,
  })),
  edges: [
    { id: 'ab', source: 'a', target: 'b', sourceHandle: 'output', targetHandle: 'input', condition: null },
    { id: 'bc', source: 'b', target: 'c', sourceHandle: 'output', targetHandle: 'input', condition: null },
  ],
})

describe('the area whose cards can be read', () => {
  it('holds all of the view, and a little around it', () => {
    for (const view of [
      { x: 0, y: 0, zoom: 1 },
      { x: -1_234, y: 567, zoom: 0.31 },
      { x: 40, y: -3, zoom: 2 },
    ]) {
      const area = detailArea(view, pane)
      if (!area) throw new Error('nothing can be read')
      const [left, top] = [-view.x / view.zoom, -view.y / view.zoom]
      const [width, height] = [pane.width / view.zoom, pane.height / view.zoom]
      expect(area.x).toBeLessThan(left)
      expect(area.y).toBeLessThan(top)
      expect(area.x + area.width).toBeGreaterThan(left + width)
      expect(area.y + area.height).toBeGreaterThan(top + height)
      expect(area.width).toBeLessThan(width * 1.6)
      expect(area.shareInView).toBeCloseTo((width * height) / (area.width * area.height))
    }
  })

  it('stays as it is with most moves', () => {
    const areas = new Set<string>()
    for (let x = 0; x < 1_000; x += 4) areas.add(JSON.stringify(detailArea({ x, y: 0, zoom: 1 }, pane)))
    expect(areas.size).toBeLessThan(20)
  })

  it('is none where nothing can be read, and before the canvas has a size', () => {
    expect(detailArea({ x: 0, y: 0, zoom: 0.15 }, pane)).toBeNull()
    expect(detailArea({ x: 0, y: 0, zoom: 1 }, { width: 0, height: 0 })).toBeNull()
  })

  it('holds the blocks that lie in it in part, and the edges that may pass through', () => {
    const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id)
    expect(ids(blocksIn(drawing, { x: 2_100, y: 10, width: 100, height: 10 }))).toEqual(['b'])
    expect(ids(edgesIn(drawing, { x: 1_000, y: 10, width: 100, height: 10 }))).toEqual(['ab'])
    expect(ids(edgesIn(drawing, { x: 0, y: 1_000, width: 5_000, height: 10 }))).toEqual([])
    expect(edgesIn(drawing, { x: 0, y: 0, width: 5_000, height: 100 })).toBe(drawing.edges)
  })
})

it('draws cards in full until there are too many, and again only when they are clearly fewer', () => {
  expect(detailOf(50, 'named')).toBe('full')
  expect(detailOf(80, 'full')).toBe('full')
  expect(detailOf(80, 'named')).toBe('named')
  expect(detailOf(200, 'full')).toBe('named')
})

it('leads from one map to another in turns, and gives the other in the end', () => {
  const to = new Map([
    ['a', 2],
    ['b', 1],
    ['c', 1],
  ])
  let now: ReadonlyMap<string, number> = new Map([
    ['a', 1],
    ['b', 1],
    ['x', 1],
  ])
  const turns = []
  while (now !== to) turns.push(Object.fromEntries((now = towards(now, to, 1))))
  expect(turns).toEqual([
    { a: 2, b: 1, x: 1 },
    { a: 2, b: 1, x: 1, c: 1 },
    { a: 2, b: 1, c: 1 },
  ])
})
