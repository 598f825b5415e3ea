import { expect, it } from 'vitest'
import { drawGraph } from './draw-graph'
import { around, aroundAll, mapShapes } from './map-shapes'

const block = (id: string, type: string, x: number, y: number) => ({
  id,
  type,
  name: '',
  position: { x, y },
  config: {},
  enabled: true,
})

it('a map holds a rectangle for each block, by category, and the area of them all', () => {
  const blocks = [block('a', 'code', 0, 0), block('b', 'code', 400, 80), block('c', 'response', -100, 200)]
  const { paths, area } = mapShapes(drawGraph({ blocks, edges: [] }))
  expect([...paths.keys()]).toEqual(['logic', 'output'])
  expect(paths.get('logic')?.match(/M/g)).toHaveLength(2)
  expect(paths.get('output')).toMatch(/^M-100 200h\d+v\d+h-\d+z$/)
  expect(area).toMatchObject({ x: -100, y: 0 })
})

it('the map of an empty graph is empty', () => {
  expect(mapShapes({ blocks: [], edges: [] })).toEqual({ paths: new Map(), area: null })
})

it('the area around two areas holds both', () => {
  const both = around({ x: 0, y: 0, width: 10, height: 10 }, { x: -5, y: 8, width: 10, height: 10 })
  expect(both).toEqual({ x: -5, y: 0, width: 15, height: 18 })
  expect(aroundAll([both, { x: 0, y: 30, width: 1, height: 1 }])).toEqual({ x: -5, y: 0, width: 15, height: 31 })
  expect(aroundAll([])).toBeNull()
})
