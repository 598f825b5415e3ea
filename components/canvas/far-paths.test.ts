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
  expect([...paths.keys()]).toEqual(['lit', 'output'])
  expect(paths.get('lit')?.match(/M/g)).toHaveLength(1)
  expect(paths.get('output')?.match(/M/g)).toHaveLength(2)
})

it('a path follows its block', () => {
  const edges = [edge('a', 'b')]
  const pathAt = (x: number) => {
    const drawing = drawGraph({ blocks: [block('a', x), ...blocks.slice(1)], edges })
    return farPaths(drawing, drawing.edges, () => 'output').get('output')
  }
  expect(pathAt(-200)).not.toBe(pathAt(0))
  expect(pathAt(0)).toBe(pathAt(0))
})
