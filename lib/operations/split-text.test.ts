import { describe, expect, it } from 'vitest'
import { splitText } from './split-text'
import { chunkOverlapChars, maxChunkChars } from '../limits'

describe('splitText', () => {
  it('leaves a short text whole, and finds nothing in an empty one', () => {
    expect(splitText('  One paragraph.\r\n\r\nAnother.  ')).toEqual(['One paragraph.\n\nAnother.'])
    expect(splitText(' \n ')).toEqual([])
  })

  it('cuts between paragraphs, and repeats the end of one chunk at the beginning of the next', () => {
    const paragraphs = Array.from({ length: 12 }, (_, index) => `P${index} ${'word '.repeat(70)}end${index}.`)
    const chunks = splitText(paragraphs.join('\n\n'))
    expect(chunks.length).toBeGreaterThan(2)
    chunks.forEach((chunk, index) => {
      expect(chunk.length).toBeLessThanOrEqual(maxChunkChars)
      expect(chunk).toMatch(/end\d+\.$/)
      const next = chunks[index + 1]
      if (next) expect(chunk).toContain(next.slice(0, 100))
    })
    for (const paragraph of paragraphs)
      expect(chunks.some((chunk) => chunk.includes(paragraph.slice(0, 60)))).toBe(true)
  })

  it.each([
    ['no border at all', 'x'.repeat(10 * maxChunkChars)],
    ['characters of two halves', '😀'.repeat(2 * maxChunkChars)],
    ['spaces only now and then', `${'y'.repeat(maxChunkChars + 7)} `.repeat(5)],
    ['borders early in each chunk', `a\n\n${'z'.repeat(maxChunkChars - 4)}`.repeat(6)],
  ])('ends, loses nothing and breaks no character: %s', (_, text) => {
    const chunks = splitText(text)
    const perChunk = maxChunkChars / 2 - chunkOverlapChars
    expect(chunks.length).toBeLessThanOrEqual(Math.ceil(text.length / perChunk) + 1)
    for (const chunk of chunks) {
      expect(chunk.length).toBeLessThanOrEqual(maxChunkChars)
      expect(chunk.isWellFormed()).toBe(true)
    }
    expect(chunks.join('').length).toBeGreaterThanOrEqual(text.replaceAll(/\s/g, '').length)
  })
})
