import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { catalog } from '../blocks/catalog'
import { setConfigField } from '../graph/edit'
import { graphOf } from '../graph/catalog.fixture'
import { createEditor } from './editor'
import { emptyProblems, watchProblems, type Problems } from './problems'

it('finds problems by block as the graph is edited, and forgets those that are mended', async () => {
  const graph = graphOf([
    ['a', 'general_api', { url: '' }],
    ['b', 'general_api', { url: '' }],
  ])
  const editor = createEditor({ workflowId: 'w', graph, version: 1, catalog })
  const problems = createStore<Problems>(() => emptyProblems)
  const stop = watchProblems(editor, problems)
  await expect.poll(() => [...problems.getState().byBlock.keys()]).toEqual(['a', 'b'])
  const ofB = problems.getState().byBlock.get('b')
  editor.edit((now) => setConfigField(now, { blockId: 'a', path: ['url'], value: 'https://example.com' }), {
    label: '',
  })
  await expect.poll(() => [...problems.getState().byBlock.keys()]).toEqual(['b'])
  expect(problems.getState().byBlock.get('b'), 'a card whose problems stayed is not drawn anew').toBe(ofB)
  expect(problems.getState().errorCount).toBe(0)
  stop()
})
