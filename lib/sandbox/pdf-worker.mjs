// One worker thread for one PDF: sends {text}, or {problem} in words that go on from "The source ". PDFs come from
// strangers: whoever starts this bounds its heap and ends it when it takes too long.
import { parentPort, workerData } from 'node:worker_threads'
import { getDocumentProxy } from 'unpdf'

const { bytes, maxPages, maxChars, maxStreamBytes } = workerData

/** A limit reached, as opposed to a fault of the file. */
class TooMuch extends Error {}

// A stream of a few bytes can unpack to gigabytes, which lie outside the heap. Told at once: the reader hides what its
// streams throw, and goes on for long.
globalThis.Uint8Array = new Proxy(Uint8Array, {
  construct(target, args, newTarget) {
    if (typeof args[0] === 'number' && args[0] > maxStreamBytes) {
      parentPort.postMessage({ problem: 'unpacks to too many bytes' })
      throw new RangeError('too large')
    }
    return Reflect.construct(target, args, newTarget)
  },
})

parentPort.postMessage(
  await readPages().then(
    (text) => ({ text }),
    (error) => ({ problem: problemOf(error) }),
  ),
)

async function readPages() {
  const pdf = await getDocumentProxy(bytes, { verbosity: 0, useSystemFonts: false })
  if (pdf.numPages > maxPages) throw new TooMuch(`has more than ${maxPages} pages`)
  const pages = []
  let characters = 0
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
    page.cleanup()
    characters += text.length
    if (characters > maxChars) throw new TooMuch(`has more than ${maxChars} characters: add it in parts`)
    pages.push(text)
  }
  return pages.join('\n\n')
}

function problemOf(error) {
  if (error instanceof TooMuch) return error.message
  return error?.name === 'PasswordException' ? 'is a PDF that asks for a password' : 'is a PDF that cannot be read'
}
