import { expect, it } from 'vitest'
import { catalog } from '../blocks/catalog'
import type { Block, Edge, Graph } from '../contract/graph'
import { listChanges } from './graph-changes'

const block = (id: string, type: string, config: Block['config'] = {}): Block => ({
  id,
  type,
  name: id,
  position: { x: 0, y: 0 },
  config,
  enabled: true,
})
const edge = (source: string, target: string, sourceHandle = 'output'): Edge => ({
  id: `${source}-${target}`,
  source,
  target,
  sourceHandle,
  targetHandle: 'input',
  condition: null,
})
const live: Graph = {
  blocks: [
    block('in', 'webhook', { webhook_id: 'w', webhook_secret: 'one' }),
    block('ask', 'condition', { branches: [{ expression: 'a == 1' }] }),
    block('out', 'response'),
  ],
  edges: [edge('in', 'ask'), edge('ask', 'out', 'if')],
}

it('names what was added, changed field by field, and removed', () => {
  const [hook, ask, out] = live.blocks
  const draft: Graph = {
    blocks: [
      hook!,
      { ...ask!, enabled: false, config: { branches: [{ expression: 'a == 2' }] } },
      block('new', 'code'),
    ],
    edges: [edge('in', 'ask'), { ...edge('ask', 'out', 'else'), target: 'new' }],
  }
  expect(out).toBeDefined()
  expect(listChanges(live, draft, catalog)).toEqual([
    { id: 'new', of: 'block', kind: 'added', title: 'new', fields: [] },
    {
      id: 'ask',
      of: 'block',
      kind: 'changed',
      title: 'ask',
      fields: [
        { title: 'Branches › 1 › expression', before: 'a == 1', after: 'a == 2' },
        { title: 'Enabled', before: 'true', after: 'false' },
      ],
    },
    { id: 'out', of: 'block', kind: 'removed', title: 'out', fields: [] },
    {
      id: 'ask-out',
      of: 'edge',
      kind: 'changed',
      title: 'ask → new',
      fields: [
        { title: 'To', before: 'out', after: 'new' },
        { title: 'Leaves at', before: 'if', after: 'else' },
      ],
    },
  ])
})

it('blocks that were only moved and credentials that were made anew change nothing that runs', () => {
  const [hook, ...others] = live.blocks
  const config = { ...hook!.config, webhook_secret: 'two' }
  const draft = { ...live, blocks: [{ ...hook!, config, position: { x: 80, y: 8 } }, ...others] }
  expect(listChanges(live, draft, catalog)).toEqual([])
})

it('an edge that was saved again under another id is no change', () => {
  const again = live.edges.map((one, index) => ({ ...one, id: `again-${index}` }))
  expect(listChanges(live, { ...live, edges: again }, catalog)).toEqual([])
  expect(listChanges(live, { ...live, edges: again.slice(1) }, catalog)).toEqual([
    { id: 'in-ask', of: 'edge', kind: 'removed', title: 'in → ask', fields: [] },
  ])
})
