import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { catalog } from '../blocks/catalog'
import type { Note } from '../contract/workflows'
import { moveBlocks } from '../graph/edit'
import { paste } from './canvas-actions'
import { createEditor } from './editor'
import { addNote, changeNote, mergeNotes, removeNote, sizeOf } from './notes'
import { watchNotes } from './save-notes'

const note = (id: string, text: string): Note => ({ id, text, position: { x: 0, y: 0 } })
const graph = {
  blocks: [{ id: 'a', type: 'code', name: '', position: { x: 0, y: 0 }, config: {}, enabled: true }],
  edges: [],
}
const open = (notes: readonly Note[] = []) => {
  let ids = 0
  return createEditor({ workflowId: 'w', graph, version: 1, catalog, notes, mint: () => `n${++ids}` })
}

describe('notes', () => {
  it('share the history with the graph, step by step, and are no part of it', () => {
    const editor = open()
    const state = () => editor.store.getState().graph
    const id = addNote(editor, { x: 8, y: 8 })
    changeNote(editor, id, { text: 'Ask Bea' })
    editor.edit((now) => moveBlocks(now, new Map([['a', { x: 80, y: 0 }]])), { label: 'Move' })
    removeNote(editor, id)
    expect([state().notes, state().undo?.step.label]).toEqual([[], 'Delete a note'])
    editor.undo()
    expect(state().notes).toEqual([
      { id: 'n1', text: 'Ask Bea', position: { x: 8, y: 8 }, size: { width: 224, height: 128 } },
    ])
    editor.undo()
    expect(state().current.blocks[0]?.position.x).toBe(0)
    editor.undo()
    editor.undo()
    expect([state().notes, state().undo, state().current]).toEqual([[], null, graph])
    for (let count = 0; count < 4; count++) editor.redo()
    expect([state().notes, state().current.blocks[0]?.position.x]).toEqual([[], 80])
  })

  it('of an imported workflow come with its blocks, as one step', () => {
    const editor = open([note('mine', 'Mine')])
    const state = () => editor.store.getState().graph
    const text = JSON.stringify({ blocks: [{ id: 'b', type: 'code' }], notes: [note('mine', 'Theirs')] })
    expect(paste(editor, text, { x: 400, y: 80 }, 'Import')).toBe(true)
    expect([state().current.blocks.length, state().undo?.depth]).toEqual([2, 1])
    const theirs = state().notes[1]
    expect(theirs).toMatchObject({ text: 'Theirs', position: { x: 400, y: 80 } })
    expect(theirs?.id).not.toBe('mine')
    editor.undo()
    expect([state().notes, state().current]).toEqual([[note('mine', 'Mine')], graph])
    editor.redo()
    expect([state().notes[1], state().current.blocks.length]).toEqual([theirs, 2])
  })

  it('arrow keys that follow each other closely are one step', () => {
    const editor = open([note('a', '')])
    for (const x of [8, 16, 24]) changeNote(editor, 'a', { position: { x, y: 0 } })
    expect(editor.store.getState().graph.undo?.depth).toBe(1)
    editor.undo()
    expect(editor.store.getState().graph.notes[0]?.position.x).toBe(0)
  })

  it('have a size to be seen by, whatever they were saved with', () => {
    expect(sizeOf({ ...note('a', ''), size: { width: 1, height: 'tall' } })).toEqual({ width: 120, height: 128 })
  })

  it('of two people are merged note by note', () => {
    const base = [note('a', '1'), note('b', '1'), note('c', '1')]
    const mine = [note('a', 'mine'), note('b', '1'), note('m', 'new')]
    const theirs = [note('a', '1'), note('b', 'theirs'), note('c', '1'), note('t', 'new')]
    expect(mergeNotes(base, mine, theirs)).toEqual([
      note('a', 'mine'),
      note('b', 'theirs'),
      note('t', 'new'),
      note('m', 'new'),
    ])
  })
})

describe('saving notes', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('waits for the hands to rest, keeps what others wrote, and tries again after a failure', async () => {
    let stored: readonly Note[] = [note('theirs', 'new')]
    const outcomes: (Error | null)[] = [new TypeError('network'), null]
    const problems: unknown[] = []
    const editor = open()
    const end = watchNotes(
      editor,
      {
        load: () => Promise.resolve(stored),
        save: (notes) => {
          const failure = outcomes.shift()
          if (failure) return Promise.reject(failure)
          stored = notes
          return Promise.resolve()
        },
      },
      (error) => problems.push(error),
    )
    addNote(editor, { x: 0, y: 0 })
    await vi.advanceTimersByTimeAsync(500)
    expect(outcomes).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(200)
    expect([problems.length, stored.length]).toEqual([1, 1])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(stored.map(({ id }) => id)).toEqual(['theirs', 'n1'])
    const { notes, savedNotes } = editor.store.getState().graph
    expect(notes).toBe(savedNotes)
    end()
  })
})
