import { describe, expect, it } from 'vitest'
import { applyDiff, hideGraph } from './apply-diff'
import { catalog } from '../blocks/catalog'
import { hiddenMark } from './hide-values'
import { placeAdded } from './place-added'
import type { Block, Edge, Graph } from '../contract/graph'
import type { WorkflowDiff } from '../contract/workflow-diff'

const block = (id: string, more: Partial<Block> = {}): Block => ({
  ...{ id, type: 'code', name: id, position: { x: 0, y: 0 }, config: {}, enabled: true },
  ...more,
})
const edge = (source: string, target: string): Edge => ({
  ...{ id: `${source}-${target}`, source, target },
  ...{ sourceHandle: 'output', targetHandle: 'input', condition: null },
})
const nothing: WorkflowDiff = { add_blocks: [], remove_blocks: [], update_blocks: [], add_edges: [], remove_edges: [] }
const secret = { webhook_id: 'id', webhook_secret: 'secret' }
const graph: Graph = {
  blocks: [block('hook', { type: 'webhook', config: { ...secret, note: 'a' } }), block('a'), block('b')],
  edges: [edge('hook', 'a'), edge('a', 'b')],
}

describe('applyDiff', () => {
  it('adds, changes and removes, and what it does not name stays the very same', () => {
    const diff = {
      ...nothing,
      add_blocks: [block('c')],
      remove_blocks: ['b'],
      update_blocks: [{ id: 'a', config: { code: 'x' }, name: 'A' }],
      add_edges: [edge('a', 'c')],
    }
    const next = applyDiff(graph, diff, { catalog })
    expect(next.blocks.map(({ id }) => id)).toEqual(['hook', 'a', 'c'])
    expect(next.blocks[0]).toBe(graph.blocks[0])
    expect(next.blocks[1]).toMatchObject({ name: 'A', config: { code: 'x' } })
    expect(next.edges.map(({ id }) => id)).toEqual(['hook-a', 'a-c'])
  })

  it('mints credentials of new blocks, and never touches those there are', () => {
    const proposed = { webhook_id: 'theirs', webhook_secret: 'theirs' }
    const diff = {
      ...nothing,
      add_blocks: [block('new', { type: 'webhook', config: proposed })],
      update_blocks: [{ id: 'hook', config: { ...proposed, note: 'b' } }],
    }
    const next = applyDiff(graph, diff, { catalog, mint: () => 'minted' })
    expect(next.blocks[0]?.config).toEqual({ ...secret, note: 'b' })
    expect(next.blocks[3]?.config).toEqual({ webhook_id: 'minted', webhook_secret: 'minted' })
    expect(applyDiff(graph, diff, { catalog }).blocks[3]?.config).toEqual({})
  })

  it('leaves hidden values as they are', () => {
    const api = block('api', {
      type: 'general_api',
      config: { url: 'https://a.example', headers: { 'X-Key': 'k-123' } },
    })
    const before = { blocks: [api], edges: [] }
    const hidden = hideGraph(before, catalog)
    expect(hidden.values).toEqual(['k-123'])
    const config = { ...hidden.graph.blocks[0]?.config, url: 'https://b.example' }
    expect(config).toMatchObject({ headers: { 'X-Key': hiddenMark } })
    const next = applyDiff(before, { ...nothing, update_blocks: [{ id: 'api', config }] }, { catalog })
    expect(next.blocks[0]?.config).toEqual({ url: 'https://b.example', headers: { 'X-Key': 'k-123' } })
  })

  it('leaves out edges that would lead nowhere, when only parts of a proposal are taken', () => {
    expect(applyDiff(graph, { ...nothing, add_edges: [edge('a', 'c')] }, { catalog }).edges).toEqual(graph.edges)
  })
})

describe('placeAdded', () => {
  const sizeOf = () => ({ width: 248, height: 60 })

  it('puts new blocks behind what leads to them, clear of all others', () => {
    const there = { blocks: [block('a'), block('b', { position: { x: 344, y: -24 } })], edges: [] }
    const [c, d] = placeAdded(
      there,
      { blocks: [block('c'), block('d')], edges: [edge('a', 'c'), edge('c', 'd')] },
      sizeOf,
    )
    expect(c?.position.x).toBe(344)
    // The card of `b` ends at 36.
    expect(c?.position.y).toBeGreaterThanOrEqual(36 + 24)
    expect(d?.position.x).toBeGreaterThan(344 + 248)
  })
})
