import { describe, expect, it } from 'vitest'
import { updateBlock } from './update-block'
import { catalog } from '../blocks/catalog'
import { hiddenMark } from './hide-values'
import type { Block } from '../contract/graph'
import type { JsonObject } from '../contract/json'

const then: Block = {
  ...{ id: 'api', type: 'general_api', name: 'Call', position: { x: 0, y: 0 }, enabled: true },
  config: { url: 'https://a.example', method: 'GET', headers: { 'X-Key': 'k-123' } },
}
const was = { ...then.config, headers: { 'X-Key': hiddenMark } }

/** The block after a proposal that was made before `edit`. */
function after(proposed: JsonObject, edit: JsonObject, more: Partial<Block> = {}) {
  const now = { ...then, ...more, config: { ...then.config, ...edit } }
  return updateBlock(now, { id: 'api', config: proposed, was: { config: was } }, catalog.get('general_api'))
}

describe('a proposed change of a block that was edited meanwhile', () => {
  it('writes the fields it changes, and leaves the others as they were edited', () => {
    const { block, kept } = after(
      { ...was, method: 'POST' },
      { url: 'https://b.example', timeout: 5 },
      { name: 'Mine' },
    )
    expect(block).toMatchObject({ name: 'Mine', config: { url: 'https://b.example', method: 'POST', timeout: 5 } })
    expect(block.config['headers']).toEqual({ 'X-Key': 'k-123' })
    expect(kept).toEqual([])
  })

  it('leaves a field alone that both changed, and names it', () => {
    const { block, kept } = after({ ...was, url: 'https://c.example', method: 'PUT' }, { url: 'https://b.example' })
    expect(block.config).toMatchObject({ url: 'https://b.example', method: 'PUT' })
    expect(kept).toEqual(['url'])
  })

  it('keeps nothing back where both came to the same, or nothing was edited', () => {
    expect(after({ ...was, method: 'PUT' }, { method: 'PUT' })).toMatchObject({
      kept: [],
      block: { config: { method: 'PUT' } },
    })
    expect(after({ ...was, method: 'PUT' }, {})).toMatchObject({ kept: [], block: { config: { method: 'PUT' } } })
  })

  it('takes fields away that it takes away, and not those that were added', () => {
    const { headers: _, ...less } = was
    expect(after(less, { body: 'new' }).block.config).toEqual({ url: 'https://a.example', method: 'GET', body: 'new' })
  })

  it('puts a hidden value back as it is now', () => {
    const headers = { 'X-Key': hiddenMark, Accept: 'text/plain' }
    const { block } = after({ ...was, headers }, { headers: { 'X-Key': 'k-456' } })
    expect(block.config['headers']).toEqual({ 'X-Key': 'k-456', Accept: 'text/plain' })
  })

  it('renames and switches only what was not renamed or switched meanwhile', () => {
    const update = { id: 'api', name: 'Theirs', enabled: false, was: { name: 'Call', enabled: true } }
    const definition = catalog.get('general_api')
    expect(updateBlock(then, update, definition)).toMatchObject({ block: { name: 'Theirs', enabled: false }, kept: [] })
    expect(updateBlock({ ...then, name: 'Mine' }, update, definition)).toMatchObject({
      block: { name: 'Mine', enabled: false },
      kept: ['name'],
    })
  })

  it('replaces all that it names where it does not tell what was', () => {
    const now = { ...then, config: { url: 'https://b.example', method: 'GET' } }
    const { block } = updateBlock(now, { id: 'api', config: { url: 'https://c.example' } }, catalog.get('general_api'))
    expect(block.config).toEqual({ url: 'https://c.example' })
  })
})
