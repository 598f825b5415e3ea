import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { graphOf, testCatalog } from './catalog.fixture'
import {
  addItems,
  changeEdge,
  insertOnEdge,
  moveBlocks,
  removeItems,
  replaceGraph,
  setConfig,
  setConfigField,
  setEnabled,
  setRoutes,
} from './edit'
import { applyPatch, isSameGraph, type Edited } from './edit/patch'
import { renameBlock } from './edit/rename-block'
import type { Graph } from '../contract/graph'

const graph = graphOf(
  [
    ['s', 'starter', { input: {} }],
    ['c', 'condition', { branches: [{ expression: '1' }, { expression: '2' }] }, { name: 'Check' }],
    ['a', 'split', { z: 1, text: '<Check.route>', a: { b: [1, 2] } }],
    ['b', 'response'],
  ],
  [
    ['s', 'c'],
    ['c', 'a', 'if'],
    ['c', 'b', 'elif_1'],
    ['c', 'b', 'output', 'else'],
  ],
)
const [, , third] = graph.blocks
const fresh = { ...third!, id: 'new', name: 'New' }

const edits: [string, (graph: Graph) => Edited][] = [
  ['adding', (g) => addItems(g, { blocks: [fresh], edges: [{ ...g.edges[0]!, id: 'n', source: 'c', target: 'new' }] })],
  ['removing a block in the middle', (g) => removeItems(g, { blockIds: ['c'], edgeIds: [] })],
  ['removing edges', (g) => removeItems(g, { blockIds: [], edgeIds: ['e1', 'e3'] })],
  ['moving', (g) => moveBlocks(g, new Map([['a', { x: 5, y: 7 }]]))],
  ['switching off', (g) => setEnabled(g, { blockIds: ['a', 'b'], enabled: false })],
  ['a new config', (g) => setConfig(g, { blockId: 'a', config: { only: 'this' } })],
  ['setting a nested field', (g) => setConfigField(g, { blockId: 'a', path: ['a', 'b', 1], value: 'x' })],
  ['taking a field away', (g) => setConfigField(g, { blockId: 'a', path: ['z'], value: undefined })],
  ['reconnecting', (g) => changeEdge(g, { edgeId: 'e1', change: { target: 'b', sourceHandle: 'else' } })],
  [
    'inserting on an edge',
    (g) => insertOnEdge(g, { edgeId: 'e1', block: fresh, onward: { id: 'o', sourceHandle: 'output' } }),
  ],
  ['renaming', (g) => renameBlock(g, { blockId: 'c', name: 'Decide', catalog: testCatalog })],
  ['reordering', (g) => replaceGraph(g, { blocks: g.blocks.toReversed(), edges: g.edges.toReversed() })],
  ['replacing all', (g) => replaceGraph(g, { blocks: [fresh], edges: [] })],
  [
    'moving branches',
    (g) =>
      setRoutes(g, {
        blockId: 'c',
        config: {},
        routes: new Map([
          ['if', null],
          ['elif_1', 'if'],
        ]),
      }),
  ],
]

describe('an edit', () => {
  it.each(edits)('of %s followed by its inverse gives back the very same graph, and again forth', (_title, edit) => {
    const text = JSON.stringify(graph)
    const { graph: after, inverse } = edit(graph)
    expect(isSameGraph(after, graph)).toBe(false)
    const back = applyPatch(after, inverse)
    expect(isSameGraph(back.graph, graph)).toBe(true)
    expect(JSON.stringify(back.graph)).toBe(text)
    const forth = applyPatch(back.graph, back.inverse)
    expect(JSON.stringify(forth.graph)).toBe(JSON.stringify(after))
  })

  it('leaves blocks it does not touch as the very same objects', () => {
    const { graph: after } = setConfigField(graph, { blockId: 'a', path: ['text'], value: 'typed' })
    expect(after.blocks.map((block, index) => block === graph.blocks[index])).toEqual([true, true, false, true])
    expect(after.edges).toBe(graph.edges)
    expect(after.blocks[2]?.config['a']).toBe(third?.config['a'])
  })

  it.each<[string, (graph: Graph) => Edited]>([
    ['moving a block to where it is', (g) => moveBlocks(g, new Map([['a', { x: 0, y: 0 }]]))],
    ['setting a value that is there', (g) => setConfigField(g, { blockId: 'a', path: ['z'], value: 1 })],
    ['taking away what is not there', (g) => setConfigField(g, { blockId: 'a', path: ['q', 'r'], value: undefined })],
    ['replacing a graph by its copy', (g) => replaceGraph(g, structuredClone(g))],
    ['editing a block that is not there', (g) => setConfig(g, { blockId: 'nobody', config: {} })],
    [
      'inserting on an edge that is not there',
      (g) => insertOnEdge(g, { edgeId: 'no', block: fresh, onward: { id: 'o', sourceHandle: 'output' } }),
    ],
  ])('of %s changes nothing', (_title, edit) => {
    expect(edit(graph).graph).toBe(graph)
  })

  it('keeps the order of keys, and a new one goes last', () => {
    const once = setConfigField(graph, { blockId: 'a', path: ['z'], value: 2 }).graph
    const twice = setConfigField(once, { blockId: 'a', path: ['new', 'deep'], value: true }).graph
    expect(JSON.stringify(twice.blocks[2]?.config)).toBe(
      '{"z":2,"text":"<Check.route>","a":{"b":[1,2]},"new":{"deep":true}}',
    )
  })

  it('attack 13: a key such as __proto__ is an ordinary key', () => {
    const { graph: after } = setConfigField(graph, { blockId: 'a', path: ['__proto__', 'x'], value: 1 })
    expect(Object.keys(after.blocks[2]?.config ?? {})).toContain('__proto__')
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  it('of branches takes their edges along, and those of a removed branch away', () => {
    const routes = new Map([
      ['if', null],
      ['elif_1', 'if'],
    ])
    const { graph: after } = setRoutes(graph, { blockId: 'c', config: { branches: [{ expression: '2' }] }, routes })
    expect(after.edges.map(({ id, sourceHandle, condition }) => [id, sourceHandle, condition])).toEqual([
      ['e0', 'output', null],
      ['e2', 'if', null],
      ['e3', 'output', 'else'],
    ])
  })

  it('never leaves an edge that leads nowhere', () => {
    const { graph: without } = removeItems(graph, { blockIds: ['c', 'b'], edgeIds: [] })
    expect(without.edges).toEqual([])
    const stray = { ...graph.edges[0]!, id: 'x', target: 'nobody' }
    expect(addItems(graph, { blocks: [], edges: [stray] }).graph).toBe(graph)
    expect(changeEdge(graph, { edgeId: 'e1', change: { target: 'nobody' } }).graph).toBe(graph)
  })
})

const id = fc.constantFrom('s', 'c', 'a', 'b', 'new', 'n2', 'e0', 'e1', 'e2', 'e3')
const anyEdit: fc.Arbitrary<(graph: Graph) => Edited> = fc.oneof(
  fc.constantFrom(...edits.map(([, edit]) => edit)),
  fc.tuple(id, id).map(
    ([one, two]) =>
      (g: Graph) =>
        removeItems(g, { blockIds: [one], edgeIds: [two] }),
  ),
  fc.tuple(id, fc.integer(), fc.integer()).map(
    ([one, x, y]) =>
      (g: Graph) =>
        moveBlocks(g, new Map([[one, { x, y }]])),
  ),
  fc
    .tuple(id, fc.array(fc.oneof(fc.string(), fc.nat(3)), { minLength: 1, maxLength: 3 }), fc.jsonValue())
    // Every value that jsonValue makes is one.
    .map(
      ([blockId, path, value]) =>
        (g: Graph) =>
          setConfigField(g, { blockId, path, value: value as never }),
    ),
  fc
    .nat(5)
    .map(
      (shift) => (g: Graph) =>
        replaceGraph(g, { blocks: [...g.blocks.slice(shift), ...g.blocks.slice(0, shift)], edges: g.edges }),
    ),
)

describe('any edits one after another', () => {
  it('undone in reverse give back the very same graph', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 20 }), (steps) => {
        const states = [graph]
        const inverses = []
        for (const step of steps) {
          const before = states.at(-1) ?? graph
          // Ids are unique in a graph: an edit that would add one twice is not one a person can make.
          const next = step(before)
          if (new Set(next.graph.blocks.map((block) => block.id)).size < next.graph.blocks.length) continue
          if (new Set(next.graph.edges.map((edge) => edge.id)).size < next.graph.edges.length) continue
          states.push(next.graph)
          inverses.push(next.inverse)
        }
        let current = states.pop() ?? graph
        for (const inverse of inverses.toReversed()) {
          current = applyPatch(current, inverse).graph
          const expected = states.pop() ?? graph
          if (!isSameGraph(current, expected) || JSON.stringify(current) !== JSON.stringify(expected)) return false
        }
        return true
      }),
      { numRuns: 500 },
    )
  })
})
