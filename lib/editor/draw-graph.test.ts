import { describe, expect, it } from 'vitest'
import type { Block, Edge, Graph } from '../contract/graph'
import { drawGraph } from './draw-graph'

function block(id: string, type: string, more: Partial<Block> = {}): Block {
  return { id, type, name: '', position: { x: 0, y: 0 }, config: {}, enabled: true, ...more }
}

function edge(source: string, target: string, more: Partial<Edge> = {}): Edge {
  const id = `${source}-${target}-${more.sourceHandle ?? more.condition ?? 'output'}`
  return { id, source, target, sourceHandle: 'output', targetHandle: 'input', condition: null, ...more }
}

const choice = block('c', 'condition', {
  name: 'In stock?',
  config: { branches: [{ expression: 'a > 3' }, { expression: 'a > 1' }] },
  position: { x: 300, y: 40 },
})

function draw(blocks: Block[], edges: Edge[] = []): ReturnType<typeof drawGraph> {
  const graph: Graph = { blocks, edges }
  return drawGraph(graph)
}

function cardOf(drawing: ReturnType<typeof drawGraph>, id: string) {
  const card = drawing.blocks.find((one) => one.id === id)
  if (!card) throw new Error(`no card ${id}`)
  return card
}

describe('drawGraph', () => {
  it('shows a block by its name, its type and one line of its config', () => {
    const card = cardOf(draw([block('g', 'general_api', { name: 'Stock', config: { url: 'http://x/y' } })]), 'g')
    expect(card).toMatchObject({ name: 'Stock', type: 'HTTP request', summary: 'GET http://x/y', category: 'actions' })
  })

  it('calls a block without a name by its type, also under an alias', () => {
    expect(cardOf(draw([block('f', 'function')]), 'f').name).toBe('Code')
  })

  it('carries no config to the page, so no webhook secret is in it', () => {
    const drawing = draw([block('w', 'webhook', { config: { webhook_id: 'id', webhook_secret: 'hush-hush' } })])
    expect(JSON.stringify(drawing)).not.toContain('hush-hush')
  })

  it('labels each branch of a condition at its handle, with its expression beside it', () => {
    const handles = cardOf(draw([choice]), 'c').handles
    expect(handles.map(({ id, label, detail }) => [id, label, detail])).toEqual([
      ['if', 'if', 'a > 3'],
      ['elif_1', 'elif 1', 'a > 1'],
      ['else', 'else', ''],
      ['error', 'error', ''],
    ])
    expect(new Set(handles.map(({ y }) => y)).size).toBe(4)
  })

  it('gives every block but a trigger an input and an error handle', () => {
    const drawing = draw([block('s', 'starter'), block('r', 'response')])
    expect(cardOf(drawing, 's')).toMatchObject({ hasInput: false, handles: [{ id: 'output', label: '' }] })
    expect(cardOf(drawing, 'r')).toMatchObject({
      hasInput: true,
      handles: [{ id: 'output' }, { id: 'error', label: '' }],
    })
  })

  it.each([
    ['its handle', { sourceHandle: 'elif_1' }],
    ['its condition', { condition: 'elif_1' }],
    ['a condition over a handle', { sourceHandle: 'if', condition: 'elif_1' }],
  ])('draws an edge from the branch that %s names', (_how, more) => {
    const drawing = draw([choice, block('r', 'response')], [edge('c', 'r', more)])
    expect(drawing.edges[0]).toMatchObject({
      sourceHandle: 'elif_1',
      kind: 'branch',
      label: 'From In stock? (elif 1) to Response',
    })
  })

  it('draws an edge that digits or "output" name from the only output', () => {
    const drawing = draw([block('s', 'starter'), block('r', 'response')], [edge('s', 'r', { sourceHandle: '0' })])
    expect(drawing.edges[0]).toMatchObject({ sourceHandle: 'output', kind: 'output' })
  })

  it('gives an unconditional edge of a condition a handle that says always', () => {
    const drawing = draw([choice, block('r', 'response')], [edge('c', 'r')])
    expect(cardOf(drawing, 'c').handles.find(({ id }) => id === drawing.edges[0]?.sourceHandle)?.label).toBe('always')
  })

  it('marks the handle of an edge whose branch the block does not have', () => {
    const drawing = draw([choice, block('r', 'response')], [edge('c', 'r', { condition: 'elif_7' })])
    expect(drawing.edges[0]?.kind).toBe('unknown')
    expect(cardOf(drawing, 'c').handles.find(({ id }) => id === 'elif_7')?.detail).toBe('no such branch')
  })

  it('names the error handle of a plain block once something leaves there', () => {
    const drawing = draw([block('k', 'code'), block('r', 'response')], [edge('k', 'r', { sourceHandle: 'error' })])
    expect(cardOf(drawing, 'k').handles.at(-1)).toMatchObject({ id: 'error', label: 'error' })
    expect(drawing.edges[0]?.kind).toBe('error')
  })

  it('draws every edge from a handle its card has', () => {
    const odd = ['', 'if', 'elif_3', 'else', 'error', 'output', '7', 'left']
    for (const type of ['starter', 'code', 'condition']) {
      const edges = odd.flatMap((sourceHandle) =>
        [null, '', 'if', 'zzz'].map((condition) => edge('a', 'b', { sourceHandle, condition })),
      )
      const drawing = draw([block('a', type), block('b', 'response')], edges)
      const ids = cardOf(drawing, 'a').handles.map(({ id }) => id)
      expect(ids).toEqual([...new Set(ids)])
      for (const one of drawing.edges) expect(ids).toContain(one.sourceHandle)
    }
  })

  it('gives the very same cards and lines for what an edit did not touch', () => {
    const [start, code, answer] = [block('s', 'starter'), block('c', 'code'), block('r', 'response')]
    const placed = [start, code, answer].map((one, index) => ({ ...one, position: { x: index * 300, y: 0 } }))
    const edges = [edge('s', 'c'), edge('c', 'r')]
    const before = draw(placed, edges)
    const after = draw(
      placed.map((one) => (one.id === 'c' ? { ...one, config: { code: 'output = 1' } } : one)),
      edges,
    )
    expect(after.blocks.map((card, index) => card === before.blocks[index])).toEqual([true, false, true])
    expect(after.edges.map((line, index) => line === before.edges[index])).toEqual([true, true])
  })
})
