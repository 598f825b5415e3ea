import { describe, expect, it } from 'vitest'
import { copyBlocks, pasteBlocks, readClipboard } from './clipboard'
import { catalog } from '../blocks/catalog'
import { graphOf } from './catalog.fixture'
import { applyPatch, isSameGraph } from './edit/patch'

const id = '0b1c2d3e-4f50-4617-8829-3a4b5c6d7e8f'
const graph = graphOf(
  [
    ['w', 'webhook', { webhook_id: id, webhook_secret: 'hush-hush', note: 1 }, { name: 'Hook' }],
    ['a', 'api_call', { url: 'http://x/<w.output.id>', body: '<Hook.output> <far.output>' }, { name: 'Call' }],
    ['b', 'response', { _inputMappings: [{ sourceId: 'a', targetField: 'output' }], output: '<Call.output>' }],
    ['far', 'split'],
  ],
  [
    ['w', 'a'],
    ['a', 'b', 'error'],
    ['b', 'far'],
  ],
)

function minting() {
  let count = 0
  return () => `minted-${count++}`
}

function paste(from = graph, ids = ['w', 'a', 'b'], into = from) {
  const copied = readClipboard(copyBlocks(from, ids, catalog), catalog)
  if (!copied) throw new Error('nothing was copied')
  return pasteBlocks(into, copied, { catalog, mint: minting(), offset: { x: 8, y: -8 } })
}

describe('an exported workflow', () => {
  const { blocks, edges } = graph
  const exported = { format: 'sluice.workflow', name: 'Shop', variables: {}, notes: [], base_version: 3, blocks, edges }

  it('is pasted like blocks, ours or with its graph under `workflow`', () => {
    for (const file of [exported, { workflow: exported }]) {
      const read = readClipboard(JSON.stringify(file), catalog)
      expect(read?.blocks.map(({ id: one }) => one)).toEqual(['w', 'a', 'b', 'far'])
      expect(read?.edges).toHaveLength(3)
    }
  })

  it('brings its notes, those that can be saved', () => {
    const good = { id: 'n', text: 'Mind this', position: { x: 8, y: 16 }, size: { width: 200, height: 80 } }
    const read = (notes: unknown) => readClipboard(JSON.stringify({ ...exported, notes }), catalog)?.notes
    expect(read([good, { id: 'm' }, 'text', { id: 'k', text: 'k', own: 1 }])).toEqual([
      good,
      { id: 'k', text: 'k', own: 1, position: { x: 0, y: 0 } },
    ])
    expect(read('none')).toEqual([])
  })

  it('has to hold blocks with types', () => {
    for (const text of ['{"blocks": []}', '{"blocks": [{"id": "a"}]}', '["blocks"]', 'the "blocks"', '{"blocks": "x"}'])
      expect(readClipboard(text, catalog), text).toBeNull()
  })
})

describe('copied blocks', () => {
  it('are new blocks with free names, beside the ones that were there, and can be undone', () => {
    const { graph: after, inverse, blockIds } = paste()
    expect(after.blocks.slice(0, 4)).toEqual(graph.blocks)
    expect(after.blocks.slice(4).map(({ id: one, type, name }) => [one, type, name])).toEqual([
      [blockIds[0], 'webhook', 'Hook 2'],
      [blockIds[1], 'api_call', 'Call 2'],
      [blockIds[2], 'response', ''],
    ])
    expect(isSameGraph(applyPatch(after, inverse).graph, graph)).toBe(true)
  })

  it('keep the edges between them, handles and all, and no others', () => {
    const {
      graph: after,
      blockIds: [w, a, b],
    } = paste()
    expect(after.edges.slice(3).map(({ source, target, sourceHandle }) => [source, target, sourceHandle])).toEqual([
      [w, a, 'output'],
      [a, b, 'error'],
    ])
    expect(new Set(after.edges.map((edge) => edge.id)).size).toBe(5)
  })

  it('refer to one another, by id and by name, and to what was not copied as before', () => {
    const {
      graph: after,
      blockIds: [w, a],
    } = paste()
    expect(after.blocks[5]?.config).toEqual({ url: `http://x/<${w}.output.id>`, body: '<Hook 2.output> <far.output>' })
    expect(after.blocks[6]?.config).toEqual({
      _inputMappings: [{ sourceId: a, targetField: 'output' }],
      output: '<Call 2.output>',
    })
  })

  it('attack 10: get webhook credentials of their own, and the old secret is on no clipboard', () => {
    expect(copyBlocks(graph, ['w'], catalog)).not.toMatch(/hush-hush|0b1c2d3e/)
    const { webhook_id: newId, webhook_secret: secret, note } = paste().graph.blocks[4]?.config ?? {}
    expect([newId, secret]).toEqual([expect.stringMatching(/^minted/), expect.stringMatching(/^minted/)])
    expect(newId).not.toBe(secret)
    expect(note).toBe(1)
  })

  it('go to another workflow with their names', () => {
    const { graph: after } = paste(graph, ['a', 'b'], graphOf([]))
    expect(after.blocks.map(({ name }) => name)).toEqual(['Call', ''])
    expect(after.blocks[1]?.config['output']).toBe('<Call.output>')
  })

  it('stand as far from their originals as is asked', () => {
    expect(paste().graph.blocks.at(-1)?.position).toEqual({ x: 8, y: -8 })
  })
})

describe('a clipboard', () => {
  it.each([
    ['prose', 'sluice/blocks'],
    ['other JSON', '{"blocks": []}'],
    ['a broken copy', '{"kind":"sluice/blocks","blocks":[{"id":5}]}'],
    ['an unknown block type', '{"kind":"sluice/blocks","blocks":[{"id":"a","type":"nope"}]}'],
    ['an empty copy', '{"kind":"sluice/blocks","blocks":[]}'],
  ])('with %s holds no blocks', (_title, text) => {
    expect(readClipboard(text, catalog)).toBeNull()
  })
})
