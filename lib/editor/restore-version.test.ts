import { expect, it } from 'vitest'
import { catalog } from '../blocks/catalog'
import type { Block } from '../contract/graph'
import { createEditor } from './editor'
import { restoreVersion } from './restore-version'

const hook = (id: string, config: Block['config']): Block => ({
  id,
  type: 'webhook',
  name: id,
  position: { x: 0, y: 0 },
  config,
  enabled: true,
})

it('an earlier version comes back as one step, with the secrets of today and new ones for blocks that were gone', () => {
  const current = { blocks: [hook('kept', { webhook_id: 'a', webhook_secret: 'rotated' })], edges: [] }
  const editor = createEditor({ workflowId: 'w', graph: current, version: 7, catalog, mint: () => 'minted' })
  const graph = {
    blocks: [
      hook('kept', { webhook_id: 'a', webhook_secret: null }),
      hook('gone', { webhook_id: 'b', webhook_secret: null }),
    ],
    edges: [],
  }
  expect(restoreVersion(editor, { version: 3, graph })).toBe(true)
  const state = () => editor.store.getState().graph
  expect(state().current.blocks.map(({ config }) => config)).toEqual([
    { webhook_id: 'a', webhook_secret: 'rotated' },
    { webhook_id: 'b', webhook_secret: 'minted' },
  ])
  expect(state().undo?.step.label).toBe('Restore version 3')
  editor.undo()
  expect(state().current.blocks).toEqual(current.blocks)
  expect(restoreVersion(editor, { version: 7, graph: current })).toBe(false)
})
