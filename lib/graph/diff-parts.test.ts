import { describe, expect, it } from 'vitest'
import { applyDiff } from './apply-diff'
import { isPartTaken, keptBlocks, partsOf, withoutParts } from './diff-parts'
import { catalog } from '../blocks/catalog'
import type { Block, Edge, Graph } from '../contract/graph'
import type { WorkflowDiff } from '../contract/workflow-diff'

const block = (id: string, type: string, config: Block['config'] = {}): Block => ({
  ...{ id, type, name: '', position: { x: 0, y: 0 }, config, enabled: true },
})
const edge = (source: string, target: string, sourceHandle = 'output'): Edge => ({
  ...{ id: `${source}-${target}`, source, target, sourceHandle, targetHandle: 'input', condition: null },
})
const graph: Graph = {
  blocks: [block('start', 'starter'), block('old', 'response', { output: 1 })],
  edges: [edge('start', 'old')],
}
const diff: WorkflowDiff = {
  add_blocks: [block('tier', 'condition', { branches: [{ expression: 'n > 1' }] })],
  remove_blocks: ['old'],
  update_blocks: [{ id: 'start', config: { input: { n: 1 } } }],
  add_edges: [edge('start', 'tier')],
  remove_edges: ['start-old'],
}

describe('partsOf', () => {
  it('says each part in words, with what would differ', () => {
    expect(partsOf(graph, diff, catalog).map(({ id, title }) => [id, title])).toEqual([
      ['add_blocks tier', 'Add tier'],
      ['update_blocks start', 'Change start'],
      ['remove_blocks old', 'Remove old'],
      ['add_edges start-tier', 'Connect start to tier'],
      ['remove_edges start-old', 'Disconnect start to old'],
    ])
    expect(partsOf(graph, diff, catalog)[1]?.fields).toEqual([
      { path: ['config', 'input'], before: undefined, after: { n: 1 } },
    ])
  })

  it('names the secrets a part brings in', () => {
    const config = { headers: { Authorization: 'Bearer {{secrets.KEY}}' } }
    const bringing = { ...diff, add_blocks: [block('call', 'general_api', config)], add_edges: [] }
    expect(partsOf(graph, bringing, catalog)[0]?.secrets).toEqual(['KEY'])
  })

  it('leaves out what was accepted before', () => {
    expect(partsOf(applyDiff(graph, diff, { catalog }), diff, catalog)).toEqual([])
  })
})

describe('keptBlocks', () => {
  const change = { id: 'start', config: { input: { n: 2 } }, was: { config: { input: { n: 1 } } } }
  const proposed = { ...diff, update_blocks: [change] }
  const withInput = (n: number) => ({ ...graph, blocks: [block('start', 'starter', { input: { n } })] })

  it('names what a person changed in place of the proposal', () => {
    expect(keptBlocks(withInput(3), proposed, catalog)).toEqual([{ id: 'start', name: 'start', kept: ['input'] }])
    expect(partsOf(withInput(3), proposed, catalog).map(({ id }) => id)).not.toContain('update_blocks start')
  })

  it('names nothing that can be taken, or was taken before', () => {
    expect(keptBlocks(withInput(1), proposed, catalog)).toEqual([])
    expect(keptBlocks(withInput(2), proposed, catalog)).toEqual([])
  })
})

describe('withoutParts', () => {
  it('takes a rejected block’s edges away too', () => {
    const rejected = new Set(['add_blocks tier', 'remove_blocks old'])
    expect(withoutParts(diff, rejected)).toEqual({ ...diff, add_blocks: [], remove_blocks: [], add_edges: [] })
    const parts = partsOf(graph, diff, catalog)
    expect(parts.filter((part) => isPartTaken(part, rejected)).map(({ id }) => id)).toEqual([
      'update_blocks start',
      'remove_edges start-old',
    ])
  })
})
