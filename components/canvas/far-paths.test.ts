import { expect, it } from 'vitest'
import { drawGraph } from '@/lib/editor/draw-graph'
import { farPaths } from './far-paths'

const block = (id: string, x: number) => ({
  id,
  type: 'code',
  name: id,
  position: { x, y: 0 },
  config: {},
  enabled: true,
})
const edge = (source: string, target: string) => ({
  id: `${source}-${target}`,
  source,
  target,
  sourceHandle: 'output',
  targetHandle: 'input',
  condition: null,
})
const blocks = [block('a', 0), block('b', 400), block('c', 800)]

it('edges that look alike are one path', () => {
  const drawing = drawGraph({ blocks, edges: [edge('a', 'b'), edge('b', 'c'), edge('c', 'a')] })
  const paths = farPaths(drawing, drawing.edges, ({ id }) => (id === 'a-b' ? 'lit' : 'output'))
  expect(paths.map(({ look, path }) => [look, path.match(/M/g)?.length])).toEqual([
    ['lit', 1],
    ['output', 2],
  ])
})

it('edges that begin far from each other are several, so that the browser passes over what is not in view', () => {
  const far = [...blocks, block('d', 5_000), block('e', 5_400)]
  const drawing = drawGraph({ blocks: far, edges: [edge('a', 'b'), edge('d', 'e')] })
  const paths = farPaths(drawing, drawing.edges, () => 'output')
  expect(paths).toHaveLength(2)
  expect(new Set(paths.map(({ id }) => id)).size).toBe(2)
})

it('a path follows its block', () => {
  const edges = [edge('a', 'b')]
  const pathAt = (x: number) => {
    const drawing = drawGraph({ blocks: [block('a', x), ...blocks.slice(1)], edges })
    return farPaths(drawing, drawing.edges, () => 'output')[0]?.path
  }
  expect(pathAt(-200)).not.toBe(pathAt(0))
  expect(pathAt(0)).toBe(pathAt(0))
})
