import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { catalog } from '../blocks/catalog'
import type { Graph } from '../contract/graph'
import { moveBlocks, removeItems, setConfigField } from '../graph/edit'
import { ApiError } from './api-client'
import { createAutosave } from './autosave'
import { createEditor } from './editor'

const block = (id: string) => ({
  id,
  type: 'code',
  name: '',
  position: { x: 0, y: 0 },
  config: { z: 1, a: 1 },
  enabled: true,
})
const start: Graph = { blocks: [block('a'), block('b')], edges: [] }

/** What the API does with graphs and versions, and tabs that edit one of them. */
class Store {
  graph = structuredClone(start)
  version = 1
  puts: { graph: Graph; base: number }[] = []
  /** What happens to the next PUT; `lost`: it is carried out, its answer does not arrive. */
  next: Error | 'lost' | null = null
  gate: Promise<void> | null = null

  async save(graph: Graph, base: number) {
    this.puts.push({ graph, base })
    await this.gate
    const fate = this.next
    this.next = null
    if (fate instanceof Error) throw fate
    if (base !== this.version) throw new ApiError(409, 'REVISION_CONFLICT', 'saved since')
    this.graph = structuredClone(graph)
    this.version++
    if (fate === 'lost') throw new TypeError('network')
    return { version: this.version, issues: [] }
  }

  openTab() {
    const announced: number[] = []
    const editor = createEditor({ workflowId: 'w', graph: structuredClone(this.graph), version: this.version, catalog })
    const autosave = createAutosave(editor, {
      save: (graph, base) => this.save(graph, base),
      load: async () => ({ graph: structuredClone(this.graph), version: this.version }),
      announce: (version) => announced.push(version),
    })
    autosave.start()
    const type = (blockId: string, value: string) =>
      editor.edit((graph) => setConfigField(graph, { blockId, path: ['code'], value }), { label: 'Type' })
    return { editor, autosave, announced, type, save: () => editor.store.getState().graph.save }
  }
}

const settle = () => vi.advanceTimersByTimeAsync(600)
const codeOf = (graph: Graph, id: string) => graph.blocks.find((one) => one.id === id)?.config['code']

let server: Store
beforeEach(() => {
  vi.useFakeTimers()
  server = new Store()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('autosave', () => {
  it('writes nothing when a workflow is opened, looked at, or edited and undone', async () => {
    const tab = server.openTab()
    tab.editor.select({ blockIds: ['a'] })
    tab.editor.setView({ panel: 'runs' })
    tab.type('a', 'x')
    tab.editor.undo()
    await vi.advanceTimersByTimeAsync(60_000)
    await tab.autosave.flush()
    expect(server.puts).toEqual([])
    expect(tab.save().state).toBe('saved')
  })

  it('saves once the hands rest, on the version it knows, and what was not touched goes back as it came', async () => {
    const tab = server.openTab()
    tab.type('a', 'x')
    await vi.advanceTimersByTimeAsync(400)
    tab.type('a', 'xy')
    await vi.advanceTimersByTimeAsync(400)
    expect([server.puts.length, tab.save().state]).toEqual([0, 'dirty'])
    await settle()
    expect(server.puts.map(({ base }) => base)).toEqual([1])
    expect(JSON.stringify(server.graph.blocks[1])).toBe(JSON.stringify(start.blocks[1]))
    expect(JSON.stringify(server.graph.blocks[0]?.config)).toBe('{"z":1,"a":1,"code":"xy"}')
    expect(tab.save().state).toBe('saved')
    expect(tab.announced).toEqual([2])
  })

  it('does not wait for ever for hands that never rest', async () => {
    const tab = server.openTab()
    for (let count = 0; count < 20; count++) {
      tab.type('a', `${count}`)
      await vi.advanceTimersByTimeAsync(500)
    }
    expect(server.puts.length).toBeGreaterThan(0)
  })

  it('keeps one save in flight, and sends what was edited meanwhile after it', async () => {
    const tab = server.openTab()
    let open = () => {}
    server.gate = new Promise((resolve) => (open = resolve))
    tab.type('a', '1')
    await settle()
    tab.type('a', '2')
    await settle()
    expect([server.puts.length, tab.save().state]).toEqual([1, 'saving'])
    open()
    await settle()
    expect(server.puts.map(({ graph, base }) => [codeOf(graph, 'a'), base])).toEqual([
      ['1', 1],
      ['2', 2],
    ])
  })

  it('is flushed at once before a run', async () => {
    const tab = server.openTab()
    tab.type('a', 'x')
    expect(await tab.autosave.flush()).toEqual({ state: 'saved' })
    expect(codeOf(server.graph, 'a')).toBe('x')
  })

  it('goes on by itself after the network was gone, ever more patiently', async () => {
    const tab = server.openTab()
    tab.type('a', 'x')
    server.next = new TypeError('network')
    await settle()
    expect(tab.save()).toMatchObject({ state: 'offline', retryAt: Date.now() + 1_000 })
    server.next = new ApiError(503, 'OVERLOADED', 'busy', {}, 7)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(tab.save()).toMatchObject({ state: 'offline', message: 'busy', retryAt: Date.now() + 7_000 })
    await vi.advanceTimersByTimeAsync(7_000)
    expect([server.puts.length, tab.save().state]).toEqual([3, 'saved'])
  })

  it('knows its own save whose answer was lost, even when more was edited since', async () => {
    const tab = server.openTab()
    tab.type('a', '1')
    server.next = 'lost'
    await settle()
    expect(tab.save().state).toBe('offline')
    tab.type('a', '2')
    await vi.advanceTimersByTimeAsync(3_000)
    expect([codeOf(server.graph, 'a'), server.version, tab.save().state]).toEqual(['2', 3, 'saved'])
  })

  it('takes back what the server may hold of a save whose answer was lost, when the edit was undone', async () => {
    const tab = server.openTab()
    tab.type('a', '1')
    server.next = 'lost'
    await settle()
    tab.editor.undo()
    expect(tab.save().state).toBe('offline')
    await vi.advanceTimersByTimeAsync(3_000)
    expect([codeOf(server.graph, 'a'), tab.save().state]).toEqual([undefined, 'saved'])
  })

  it('knows its own save whose answer was lost when the tab looks for newer versions', async () => {
    const tab = server.openTab()
    tab.type('a', '1')
    server.next = 'lost'
    await settle()
    tab.type('b', '2')
    await tab.autosave.check()
    expect(tab.save().state).toBe('dirty')
    await settle()
    expect([codeOf(server.graph, 'b'), tab.save().state]).toEqual(['2', 'saved'])
  })

  it('says what the server refused, and tries again with the next edit', async () => {
    const tab = server.openTab()
    tab.type('a', 'x')
    server.next = new ApiError(409, 'WEBHOOK_ID_TAKEN', 'another workflow has it')
    await settle()
    expect(tab.save()).toEqual({ state: 'refused', code: 'WEBHOOK_ID_TAKEN', message: 'another workflow has it' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.puts).toHaveLength(1)
    tab.type('a', 'y')
    await settle()
    expect(tab.save().state).toBe('saved')
  })
})

describe('a session that ended', () => {
  it('keeps the edits, says so, and saves them once somebody signed in and is back in the tab', async () => {
    const tab = server.openTab()
    tab.type('a', 'x')
    server.next = new ApiError(401, '', 'Unauthorized')
    await settle()
    expect(tab.save()).toMatchObject({ state: 'refused', code: 'UNAUTHORIZED' })
    await tab.autosave.check()
    expect([codeOf(server.graph, 'a'), tab.save().state]).toEqual(['x', 'saved'])
  })
})

describe('two tabs', () => {
  it('attack 33: never overwrite one another: the second gets a conflict and nothing is lost', async () => {
    const [one, two] = [server.openTab(), server.openTab()]
    one.type('a', 'one')
    two.type('a', 'two')
    await settle()
    expect(one.save().state).toBe('saved')
    expect(two.save()).toMatchObject({ state: 'conflict', hasOwnEdits: true, overlaps: [{ kind: 'block', id: 'a' }] })
    two.type('b', 'more')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(codeOf(server.graph, 'a')).toBe('one')
    expect(two.autosave.merge()).toBe(false)
    two.autosave.reload()
    await settle()
    expect(two.save().state).toBe('saved')
    expect(codeOf(two.editor.store.getState().graph.current, 'a')).toBe('one')
    two.editor.undo()
    await settle()
    expect([codeOf(server.graph, 'a'), codeOf(server.graph, 'b')]).toEqual(['two', 'more'])
  })

  it('merge what does not overlap, as one step', async () => {
    const [one, two] = [server.openTab(), server.openTab()]
    one.editor.edit((graph) => moveBlocks(graph, new Map([['a', { x: 5, y: 5 }]])), { label: 'Move' })
    two.type('a', 'two')
    await settle()
    expect(two.save()).toMatchObject({ state: 'conflict', overlaps: [] })
    expect(two.autosave.merge()).toBe(true)
    await settle()
    expect(server.graph.blocks[0]).toMatchObject({ position: { x: 5, y: 5 }, config: { code: 'two' } })
    two.editor.undo()
    expect(two.editor.store.getState().graph.current.blocks[0]?.position).toEqual({ x: 0, y: 0 })
  })

  it('notice each other: what the other announced is offered, what is known is not asked for', async () => {
    const [one, two] = [server.openTab(), server.openTab()]
    one.editor.edit((graph) => removeItems(graph, { blockIds: ['b'], edgeIds: [] }), { label: 'Delete' })
    await settle()
    await two.autosave.check(one.announced[0])
    expect(two.save()).toMatchObject({ state: 'conflict', hasOwnEdits: false, overlaps: [] })
    expect(two.editor.store.getState().graph.current.blocks).toHaveLength(2)
    two.autosave.reload()
    expect(two.save().state).toBe('saved')
    expect(two.editor.store.getState().graph.current.blocks).toHaveLength(1)
    await one.autosave.check(2)
    await one.autosave.check()
    expect(one.save().state).toBe('saved')
  })

  it('do not quarrel about a newer version that says the same', async () => {
    const tab = server.openTab()
    server.version = 9
    await tab.autosave.check()
    expect(tab.save().state).toBe('saved')
    tab.type('a', 'x')
    await settle()
    expect(server.puts.map(({ base }) => base)).toEqual([9])
  })
})

it('a closed editor saves what it still holds and then keeps still', async () => {
  const tab = server.openTab()
  tab.type('a', 'x')
  tab.autosave.stop()
  await tab.autosave.flush()
  expect(codeOf(server.graph, 'a')).toBe('x')
  tab.type('a', 'y')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(server.puts).toHaveLength(1)
})
