import { describe, expect, it } from 'vitest'
import type { Graph } from '../contract/graph'
import { makeRoom } from './make-room'

const graphOf = (places: Record<string, [x: number, y: number]>, ...ways: string[]): Graph => ({
  blocks: Object.entries(places).map(([id, [x, y]]) => ({
    id,
    type: 'code',
    name: id,
    position: { x, y },
    config: {},
    enabled: true,
  })),
  edges: ways.map((way) => ({
    id: way,
    source: way.slice(0, 1),
    target: way.slice(1),
    sourceHandle: 'output',
    targetHandle: 'input',
    condition: null,
  })),
})

describe('makeRoom', () => {
  it('pushes what stands right of there to the right, and nothing onto another', () => {
    const graph = graphOf({ a: [0, 0], b: [344, 0], c: [688, 40], d: [0, 200] }, 'ab', 'ad')
    const { position, moved } = makeRoom(graph, 'ab', { x: 172, y: 8 })
    expect(position).toEqual({ x: 344, y: 0 })
    expect([...moved]).toEqual([
      ['b', { x: 688, y: 0 }],
      ['c', { x: 1032, y: 40 }],
    ])
  })

  it('moves nobody where there is room, and keeps the place as far as it can', () => {
    const graph = graphOf({ a: [0, 0], b: [1000, 400] }, 'ab')
    expect(makeRoom(graph, 'ab', { x: 500, y: 200 })).toEqual({ position: { x: 500, y: 200 }, moved: new Map() })
    expect(makeRoom(graph, 'ab', { x: 900, y: 390 }).position).toEqual({ x: 656, y: 400 })
  })

  it('moves nobody where the edge leads back or down', () => {
    const graph = graphOf({ a: [0, 0], b: [100, 400] }, 'ab')
    expect(makeRoom(graph, 'ab', { x: 50, y: 200 })).toEqual({ position: { x: 50, y: 200 }, moved: new Map() })
  })
})
