import 'server-only'
import { chunkOverlapChars, maxChunkChars } from '../limits'

/** Cuts a text into pieces that a search can find: at most `maxChunkChars` long, ending with a paragraph where one ends
 *  late enough, else with a line, a sentence, a word. Each begins with the end of the one before it. */
export function splitText(text: string): string[] {
  const whole = text.replace(/\r\n?/g, '\n').trim()
  const chunks: string[] = []
  for (let start = 0; start < whole.length;) {
    const end = whole.length - start <= maxChunkChars ? whole.length : cutBefore(whole, start)
    const chunk = whole.slice(start, end).trim()
    if (chunk !== '') chunks.push(chunk)
    if (end === whole.length) break
    start = overlapStart(whole, start, end)
  }
  return chunks
}

const borders = ['\n\n', '\n', '. ', ' ']

/** Where the chunk from `start` ends: at the best border of its second half, else where it is full. */
function cutBefore(text: string, start: number): number {
  const window = text.slice(start, start + maxChunkChars)
  for (const border of borders) {
    const at = window.lastIndexOf(border)
    if (at >= maxChunkChars / 2) return start + at + border.length
  }
  return wholeCharacter(text, start + maxChunkChars)
}

/** Where the next chunk begins: a little before this one's end, with a whole word. */
function overlapStart(text: string, start: number, end: number): number {
  const earliest = Math.max(end - chunkOverlapChars, start + 1)
  const space = text.slice(earliest, end).search(/\s/)
  return space === -1 ? wholeCharacter(text, earliest) : earliest + space + 1
}

/** Never between the two halves of a character beyond the basic plane. */
function wholeCharacter(text: string, at: number): number {
  const isSecondHalf = /[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1))
  return isSecondHalf ? at - 1 : at
}
