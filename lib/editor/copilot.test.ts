import { afterEach, describe, expect, it, vi } from 'vitest'
import { catalog } from '../blocks/catalog'
import { createCopilot } from './copilot'
import { copilotAddress, readCopilotAddress } from './copilot-address'
import { afterEvent, newTurn } from './copilot-state'
import { drawProposal } from './draw-proposal'
import { createEditor } from './editor'
import { readFrames } from './read-frames'
import { setConfig } from '../graph/edit'
import type { CopilotEvent, CopilotMessageItem } from '../contract/copilot'
import type { Block, Graph } from '../contract/graph'
import type { WorkflowDiff } from '../contract/workflow-diff'

const block = (id: string, type: string, x = 0): Block => ({
  ...{ id, type, name: id, position: { x, y: 0 }, config: {}, enabled: true },
})
const graph: Graph = { blocks: [block('start', 'starter'), block('old', 'response', 400)], edges: [] }
const diff: WorkflowDiff = {
  add_blocks: [block('hook', 'webhook', 800)],
  remove_blocks: ['old'],
  update_blocks: [{ id: 'start', name: 'Begin' }],
  add_edges: [
    { id: 'e', source: 'start', target: 'hook', sourceHandle: 'output', targetHandle: 'input', condition: null },
  ],
  remove_edges: [],
}
const answer: CopilotMessageItem = {
  ...{ id: 'm', role: 'assistant', content: 'Done.', workflow_diff: diff, issues: [], error: null },
  ...{ execution_id: null, created_at: '' },
}
const openEditor = () => createEditor({ workflowId: 'w', graph, version: 1, catalog, mint: () => 'minted' })

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a proposal', () => {
  it('is accepted in parts as one step, its credentials minted here, and undone as one', () => {
    const editor = openEditor()
    const copilot = createCopilot(editor)
    copilot.show(answer)
    copilot.togglePart('remove_blocks old')
    copilot.accept()
    const { current, undo } = editor.store.getState().graph
    expect(current.blocks.map(({ id, name }) => [id, name])).toEqual([
      ['start', 'Begin'],
      ['old', 'old'],
      ['hook', 'hook'],
    ])
    expect(current.blocks[2]?.config).toEqual({ webhook_id: 'minted', webhook_secret: 'minted' })
    expect(undo).toMatchObject({ depth: 1, step: { label: 'Accept 3 parts of a proposal' } })
    expect(copilot.store.getState().proposal).toBeNull()
    editor.undo()
    expect(editor.store.getState().graph.current).toEqual(graph)
  })

  it('writes only what it changes: what was edited meanwhile stays', () => {
    const editor = openEditor()
    const copilot = createCopilot(editor)
    const update = { id: 'start', config: { a: 1, b: 2 }, was: { config: { a: 1, b: 1 } } }
    const edits = { a: 5, b: 1 }
    copilot.show({ ...answer, workflow_diff: { ...diff, update_blocks: [update], remove_blocks: [] } })
    editor.edit((current) => setConfig(current, { blockId: 'start', config: edits }), { label: 'Edit' })
    copilot.accept()
    expect(editor.store.getState().graph.current.blocks[0]?.config).toEqual({ a: 5, b: 2 })
  })

  it('changes nothing when it is rejected', () => {
    const editor = openEditor()
    const copilot = createCopilot(editor)
    copilot.show(answer)
    copilot.reject()
    expect(editor.store.getState().graph.current.blocks).toEqual(graph.blocks)
  })

  it('is drawn with what it adds, changes and removes; what is left out is not', () => {
    const drawn = (rejected: string[]) =>
      drawProposal(graph, { messageId: 'm', diff, rejected: new Set(rejected) }, catalog)
    expect(drawn([]).blocks.map(({ kind, block: { id } }) => `${kind} ${id}`)).toEqual([
      'added hook',
      'changed start',
      'removed old',
    ])
    expect(drawn([]).edges.map(({ kind, edge }) => `${kind} ${edge.id}`)).toEqual(['added e'])
    expect(drawn(['add_blocks hook', 'remove_blocks old'])).toMatchObject({ edges: [], blocks: [{ kind: 'changed' }] })
  })
})

describe('a turn', () => {
  it('keeps what was said before a tool apart from the answer', () => {
    const told: CopilotEvent[] = [
      { event: 'reasoning_delta', delta: 'Hm. ' },
      { event: 'content_delta', delta: 'Let me look.' },
      { event: 'tool_call', id: 'c', name: 'read_graph', state: 'started', error: null },
      { event: 'tool_call', id: 'c', name: 'read_graph', state: 'ended', error: null },
      { event: 'status', status: 'mending', message: 'Mending' },
      { event: 'content_delta', delta: 'All ' },
      { event: 'content_delta', delta: 'well.' },
    ]
    expect(told.reduce(afterEvent, newTurn('How is it?'))).toEqual({
      ...{ question: 'How is it?', status: 'Mending', text: 'All well.' },
      reasoning: 'Hm. Let me look.\n',
      steps: [{ id: 'c', name: 'read_graph', isRunning: false, error: null }],
    })
  })

  it('that the server refuses stands in the conversation with its reason', async () => {
    vi.stubGlobal('fetch', (path: string) =>
      path.endsWith('/chat')
        ? Promise.resolve(Response.json({ error: 'busy', error_code: 'DUPLICATE_IN_PROGRESS' }, { status: 409 }))
        : Promise.resolve(Response.json({ id: 's' }, { status: 201 })),
    )
    const copilot = createCopilot(openEditor())
    await copilot.ask('  Hello ')
    expect(copilot.store.getState()).toMatchObject({
      turn: null,
      messages: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', error: 'busy' },
      ],
    })
  })
})

describe('what the copilot is reached by', () => {
  it('reads frames that arrive in pieces, and passes over what is no JSON', async () => {
    const pieces = ['data: {"event"', ': "status"}\n\n: heartbeat\n\nda', 'ta: nonsense\n\ndata: 2\n\n']
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
        controller.close()
      },
    })
    const read = []
    for await (const frames of readFrames(stream)) read.push(...frames.map(({ value }) => value))
    expect(read).toEqual([{ event: 'status' }, 2])
  })

  it('is opened by an address, about an execution or not', () => {
    const id = '0b1c2d3e-4f50-4617-8829-3a4b5c6d7e8f'
    const read = (address: string) => readCopilotAddress(new URL(address, 'http://localhost').searchParams)
    expect(read(copilotAddress(id))).toEqual({ executionId: null })
    expect(read(copilotAddress(id, id))).toEqual({ executionId: id })
    expect(read('/workflows/x?panel=copilot&execution=javascript:x')).toEqual({ executionId: null })
    expect(read('/workflows/x?panel=publish')).toBeNull()
  })
})
