// Bounds for what user code sends out. Plain JavaScript: the sandbox processes load it from source.

/** Collects log text and cuts it at a number of bytes (UTF-8), saying so once.
 *  @param {number} maxBytes */
export function createLogBuffer(maxBytes) {
  /** @type {string[]} */
  const lines = []
  let left = maxBytes
  let cut = false
  return {
    lines,
    /** @param {string} line */
    add(line) {
      if (cut) return
      // Cheap upper bound first: counting bytes of a giant line would be the attack.
      const bytes = line.length > left ? Infinity : Buffer.byteLength(line) + 1
      if (bytes <= left) {
        left -= bytes
        lines.push(line)
        return
      }
      cut = true
      lines.push(`${line.slice(0, Math.max(0, Math.floor(left / 4)))} [log cut at ${maxBytes} bytes]`)
    },
    /** Whether everything further is dropped. */
    isFull: () => cut,
  }
}

/** Says why JSON text may not leave the sandbox, or null. Depth counts brackets outside strings.
 *  @param {string} text
 *  @param {{ maxOutputBytes: number, maxDepth: number }} limits */
export function whyTooMuch(text, limits) {
  if (text.length > limits.maxOutputBytes || Buffer.byteLength(text) > limits.maxOutputBytes) {
    return `The output is larger than ${limits.maxOutputBytes} bytes`
  }
  // Shorter text cannot hold that many opening and closing brackets.
  if (text.length > 2 * limits.maxDepth && depthOf(text) > limits.maxDepth) {
    return `The output is nested deeper than ${limits.maxDepth} levels`
  }
  return null
}

/** @param {string} text */
function depthOf(text) {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (inString) {
      if (code === 92) i++
      else if (code === 34) inString = false
    } else if (code === 34) inString = true
    else if (code === 123 || code === 91) deepest = Math.max(deepest, ++depth)
    else if (code === 125 || code === 93) depth--
  }
  return deepest
}
