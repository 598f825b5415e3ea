// The linear memory of a WebAssembly interpreter is all the state it has. Put back as it was, the interpreter is the one
// it was: nothing a run did is left, and no new one has to be made.

const pageBytes = 4096
/** Empty pages kept beside full ones: data that starts as zeros lies next to the data that does not. */
const marginPages = 64

/** Remembers the memory as it stands while no code of the interpreter runs. `restore` puts it back. What lies beyond the
 *  last byte in use, and in the untouched middle of the stack, is left as it is: to the interpreter it is free memory,
 *  whose content it never assumes.
 *  @param {WebAssembly.Memory} memory */
export function takeMemoryImage(memory) {
  const bytes = new Uint8Array(memory.buffer)
  const pieces = usedRanges(bytes).map(({ start, end }) => ({ start, content: bytes.slice(start, end) }))
  return {
    restore() {
      // Memory that has grown has a new buffer.
      const current = new Uint8Array(memory.buffer)
      for (const { start, content } of pieces) current.set(content, start)
    },
  }
}

/** Ranges of bytes that hold something, margins included, ascending.
 *  @param {Uint8Array} bytes */
function usedRanges(bytes) {
  const words = new BigUint64Array(bytes.buffer)
  const wordsPerPage = pageBytes / 8
  /** @type {{ start: number, end: number }[]} */
  const ranges = []
  const last = lastUsedPage(words, wordsPerPage)
  for (let page = 0; page <= last; page++) {
    if (!isPageUsed(words, page * wordsPerPage, wordsPerPage)) continue
    const start = Math.max(0, page - marginPages) * pageBytes
    const end = Math.min(last + 1, page + 1 + marginPages) * pageBytes
    const open = ranges.at(-1)
    if (open && open.end >= start) open.end = end
    else ranges.push({ start, end })
  }
  return ranges
}

/** @param {BigUint64Array} words @param {number} wordsPerPage */
function lastUsedPage(words, wordsPerPage) {
  let page = words.length / wordsPerPage - 1
  while (page > 0 && !isPageUsed(words, page * wordsPerPage, wordsPerPage)) page--
  return page
}

/** @param {BigUint64Array} words @param {number} from @param {number} count */
function isPageUsed(words, from, count) {
  for (let i = from; i < from + count; i++) if (words[i] !== 0n) return true
  return false
}
