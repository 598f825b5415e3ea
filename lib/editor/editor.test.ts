import { describe, expect, it } from 'vitest'
import { catalog } from '../blocks/catalog'
import type { Graph } from '../contract/graph'
import { moveBlocks, setConfigField } from '../graph/edit'
import {
  autoLayout,
  connect,
  cutSelection,
  deleteSelection,
  dropBlock,
  dropOnEdge,
  duplicateSelection,
  move,
  paste,
  reconnect,
  rename,
  rotateCredentials,
  toggleSelection,
} from './canvas-actions'
import { createEditor } from './editor'
import { blockIndex } from './graph-index'

function open(graph: Graph = { blocks: [], edges: [] }) {
  const clock = { now: 1_000 }
  const minted = { count: 0 }
  const mint = () => `id-${minted.count++}`
  const editor = createEditor({ workflowId: 'w', graph, version: 3, catalog, mint, now: () => clock.now })
  const state = () => editor.store.getState()
  return { editor, clock, state, graph: () => state().graph.current }
}

function drop(opened: ReturnType<typeof open>, type: string, x = 0): string {
  const id = dropBlock(opened.editor, { type, position: { x, y: 0 } })
  if (id === null) throw new Error(`no block of type ${type}`)
  return id
}

const type = (opened: ReturnType<typeof open>, blockId: string, value: string, coalesce = `config ${blockId} url`) =>
  opened.editor.edit((graph) => setConfigField(graph, { blockId, path: ['url'], value }), { label: 'Type', coalesce })

describe('an opened editor', () => {
  it('holds the graph as it came, saved, with nothing to undo', () => {
    const graph: Graph = {
      blocks: [
        { id: 'a', type: 'function', name: '', position: { x: 0, y: 0 }, config: { z: 1, a: 2 }, enabled: true },
      ],
      edges: [],
    }
    const { editor, state } = open(graph)
    expect(state().graph).toMatchObject({ version: 3, save: { state: 'saved' }, undo: null, redo: null })
    expect(state().graph.current.blocks).toBe(graph.blocks)
    expect([editor.undo(), editor.redo()]).toEqual([false, false])
  })
})

describe('a moved block', () => {
  it('is one step to undo for a row of arrow keys, and one for each drag', () => {
    const opened = open()
    const id = drop(opened, 'code')
    const to = (x: number, how: 'drag' | 'nudge') => move(opened.editor, new Map([[id, { x, y: 0 }]]), how)
    to(8, 'nudge')
    to(16, 'nudge')
    to(80, 'drag')
    to(160, 'drag')
    const seen = [1, 2, 3, 4].map(() => {
      const at = blockIndex(opened.graph()).get(id)?.position.x
      opened.editor.undo()
      return at
    })
    expect(seen).toEqual([160, 80, 16, 0])
  })
})

describe('a dropped block', () => {
  it('gets a free name, and a webhook credentials that nothing else has', () => {
    const opened = open()
    const ids = ['condition', 'condition', 'webhook', 'webhook'].map((one) => drop(opened, one))
    const blocks = ids.map((id) => blockIndex(opened.graph()).get(id))
    expect(blocks.map((block) => block?.name)).toEqual(['Condition', 'Condition 2', 'Webhook', 'Webhook 2'])
    const credentials = blocks
      .slice(2)
      .flatMap((block) => [block?.config['webhook_id'], block?.config['webhook_secret']])
    expect(new Set(credentials).size).toBe(4)
    expect(credentials.every((one) => typeof one === 'string')).toBe(true)
    expect([...opened.state().selection.blockIds]).toEqual([ids[3]])
  })

  it('is connected to where its edge was dragged from, unless nothing may lead there', () => {
    const opened = open()
    const from = { blockId: drop(opened, 'starter'), handle: 'output' }
    dropBlock(opened.editor, { type: 'code', position: { x: 9, y: 9 }, from })
    dropBlock(opened.editor, { type: 'webhook', position: { x: 9, y: 9 }, from })
    expect(opened.graph().blocks).toHaveLength(3)
    expect(opened.graph().edges).toHaveLength(1)
    opened.editor.undo()
    opened.editor.undo()
    expect(opened.graph().blocks).toHaveLength(1)
  })
})

describe('undo', () => {
  it('takes fifty mixed edits back to the start one by one, and redo leads to the end again', async () => {
    const opened = open()
    const { editor, graph } = opened
    const texts = [JSON.stringify(graph())]
    const kinds = ['starter', 'condition', 'code', 'general_api', 'webhook', 'response', 'split', 'agent']
    for (let turn = 0; texts.length <= 50; turn++) {
      const id = drop(opened, kinds[turn % kinds.length] ?? 'code', turn * 40)
      const [first] = graph().blocks
      const steps: (() => unknown)[] = [
        () => id,
        () => first && connect(editor, { source: first.id, target: id, sourceHandle: 'output' }),
        () => rename(editor, id, `Name ${turn}`),
        () => type(opened, id, `http://x/${turn}`),
        () => duplicateSelection(editor),
        () => toggleSelection(editor),
        () => rotateCredentials(editor, id),
        () => dropOnEdge(editor, { type: 'split', position: { x: 1, y: turn }, edgeId: graph().edges[0]?.id ?? '' }),
        () => move(editor, new Map([[id, { x: turn, y: turn }]])),
        () => editor.select({ blockIds: [id] }),
        () => (turn % 3 === 0 ? deleteSelection(editor) : paste(editor, cutSelection(editor) ?? '', { x: 5, y: 5 })),
        () => autoLayout(editor, () => ({ width: 200, height: 60 })),
      ]
      for (const step of steps) {
        await step()
        opened.clock.now += 5_000
        // A cut and its paste are two steps; every other turn is one at most.
        const depth = opened.state().graph.undo?.depth ?? 0
        while (texts.length <= depth) texts.push(JSON.stringify(graph()))
      }
    }
    const end = JSON.stringify(graph())
    const depth = opened.state().graph.undo?.depth ?? 0
    expect(depth).toBeGreaterThanOrEqual(50)
    const back = []
    while (editor.undo()) back.push(JSON.stringify(graph()))
    expect(back).toHaveLength(depth)
    expect(back.at(-1)).toBe('{"blocks":[],"edges":[]}')
    const forth = []
    while (editor.redo()) forth.push(JSON.stringify(graph()))
    expect(forth.at(-1)).toBe(end)
    expect(forth.slice(0, -1)).toEqual(back.slice(0, -1).toReversed())
  })

  it('takes back typing of one field in one step, until the hands rest or the field is left', () => {
    const opened = open()
    const { editor, clock, state, graph } = opened
    const id = drop(opened, 'general_api')
    const url = () => blockIndex(graph()).get(id)?.config['url']
    for (const text of ['h', 'ht', 'htt']) {
      type(opened, id, text)
      clock.now += 300
    }
    expect(state().graph.undo?.depth).toBe(2)
    clock.now += 2_000
    type(opened, id, 'http')
    editor.endGesture()
    type(opened, id, 'http:')
    type(opened, id, 'http:/', 'another field')
    expect(state().graph.undo?.depth).toBe(5)
    const seen = [5, 4, 3, 2].map(() => (editor.undo(), url()))
    expect(seen).toEqual(['http:', 'http', 'htt', ''])
    editor.redo()
    expect(url()).toBe('htt')
  })

  it('has nothing to take back of a text that was typed and deleted', () => {
    const opened = open()
    const id = drop(opened, 'general_api')
    const before = opened.graph()
    type(opened, id, 'x')
    type(opened, id, '')
    expect(opened.state().graph.undo?.depth).toBe(1)
    expect(opened.graph()).toBe(before)
  })

  it('forgets what was undone once something else is done', () => {
    const opened = open()
    drop(opened, 'code')
    opened.editor.undo()
    drop(opened, 'split')
    expect(opened.editor.redo()).toBe(false)
  })

  it('selects nothing that is gone', () => {
    const opened = open()
    drop(opened, 'code')
    opened.editor.undo()
    expect(opened.state().selection.blockIds.size).toBe(0)
  })
})

describe('a keystroke', () => {
  it('changes the identity of one block among a thousand', () => {
    const blocks = Array.from({ length: 1_000 }, (_, index) => ({
      id: `b${index}`,
      type: 'general_api',
      name: '',
      position: { x: index, y: 0 },
      config: {},
      enabled: true,
    }))
    const opened = open({ blocks, edges: [] })
    const seen = blocks.map(({ id }) => blockIndex(opened.graph()).get(id))
    const before = opened.state()
    type(opened, 'b500', 'x')
    const after = blocks.map(({ id }) => blockIndex(opened.graph()).get(id))
    expect(after.filter((block, index) => block !== seen[index]).map((block) => block?.id)).toEqual(['b500'])
    const { selection, view, live } = opened.state()
    expect([selection, view, live]).toEqual([before.selection, before.view, before.live])
    expect(selection).toBe(before.selection)
    expect(opened.graph().edges).toBe(before.graph.current.edges)
  })
})

describe('an edge', () => {
  it('is refused with a reason, and loses its condition when it leaves another handle', () => {
    const opened = open()
    const { editor } = opened
    const [c, a, b] = ['condition', 'code', 'split'].map((one) => drop(opened, one))
    if (!c || !a || !b) throw new Error('three blocks were dropped')
    expect(connect(editor, { source: c, target: a, sourceHandle: 'if' })).toBeNull()
    expect(connect(editor, { source: a, target: c, sourceHandle: 'output' })?.reason).toBe('cycle')
    const edgeId = opened.graph().edges[0]?.id ?? ''
    editor.edit(
      (graph) => ({
        ...moveBlocks(graph, new Map()),
        graph: { ...graph, edges: graph.edges.map((edge) => ({ ...edge, condition: 'if' })) },
      }),
      { label: 'as the API saved it' },
    )
    expect(reconnect(editor, edgeId, { source: c, target: b, sourceHandle: 'if' })).toBeNull()
    expect(opened.graph().edges[0]).toMatchObject({ target: b, sourceHandle: 'if', condition: 'if' })
    expect(reconnect(editor, edgeId, { source: c, target: b, sourceHandle: 'else' })).toBeNull()
    expect(opened.graph().edges[0]).toMatchObject({ sourceHandle: 'else', condition: null, id: edgeId })
  })
})
