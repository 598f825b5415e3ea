import { describe, expect, it } from 'vitest'
import { catalog } from '../blocks/catalog'
import type { Block } from '../contract/graph'
import { createEditor } from './editor'
import { freeOffset, freePlace, freeSpot } from './free-place'
import { addNote } from './notes'

const block = (id: string, x: number, y: number, more: Partial<Block> = {}): Block => ({
  id,
  type: 'code',
  name: id,
  position: { x, y },
  config: {},
  enabled: true,
  ...more,
})
const editorOf = (...blocks: Block[]) =>
  createEditor({ workflowId: 'w1', graph: { blocks, edges: [] }, version: 1, catalog })

describe('freePlace', () => {
  it('is right of the block, below what stands there', () => {
    const editor = editorOf(block('a', 0, 0), block('b', 344, 0))
    expect(freePlace(editor, { beside: 'b', instead: { x: 0, y: 0 } })).toEqual({ x: 688, y: 0 })
    expect(freePlace(editor, { beside: 'a', instead: { x: 0, y: 0 } })).toEqual({ x: 344, y: 96 })
  })

  it('is clear of a tall card: a condition of forty branches', () => {
    const branches = Array.from({ length: 40 }, (_, index) => ({ expression: `${index} == 1` }))
    const editor = editorOf(block('a', 0, 0), block('tall', 344, -96, { type: 'condition', config: { branches } }))
    expect(freePlace(editor, { beside: 'a', instead: { x: 0, y: 0 } }).y).toBeGreaterThan(41 * 26)
  })

  it('is where it was asked for when nothing is there', () => {
    expect(freePlace(editorOf(block('a', 0, 0)), { beside: undefined, instead: { x: 8, y: 400 } })).toEqual({
      x: 8,
      y: 400,
    })
  })
})

describe('freeSpot', () => {
  it('is clear of cards and notes', () => {
    const editor = editorOf(block('a', 0, 0))
    const note = { x: 40, y: 0, width: 224, height: 128 }
    expect(freeSpot(editor, note)).toEqual({ x: 40, y: 96 })
    addNote(editor, { x: 40, y: 96 })
    expect(freeSpot(editor, note)).toEqual({ x: 40, y: 256 })
    expect(freeSpot(editor, { ...note, x: 600 })).toEqual({ x: 600, y: 0 })
  })
})

describe('freeOffset', () => {
  const graphOf = (...blocks: Block[]) => ({ blocks, edges: [] })
  const [a, b] = [block('a', 0, 0), block('b', 344, 48)]

  it('puts a copy below its original, and the next below the first', () => {
    expect(freeOffset(graphOf(a, b), graphOf(a))).toEqual({ x: 0, y: 96 })
    expect(freeOffset(graphOf(a, b, block('a 2', 0, 96)), graphOf(a))).toEqual({ x: 0, y: 192 })
  })

  it('keeps blocks that are copied together in their places, all of them clear of all cards', () => {
    const below = block('c', 344, 160)
    expect(freeOffset(graphOf(a, b, below), graphOf(a, b))).toEqual({ x: 0, y: 208 })
  })

  it('leaves blocks of another workflow where they were, if nothing is there', () => {
    expect(freeOffset(graphOf(a), graphOf(b))).toEqual({ x: 0, y: 0 })
  })
})
