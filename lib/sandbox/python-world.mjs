// What the Python interpreter holds before the user's code runs, and what it does not.

/** Imported before the snapshot is taken, so that code need not wait for them. */
export const preloadedModules = [
  'base64 bisect collections contextlib copy csv dataclasses datetime decimal enum fractions functools hashlib heapq',
  'html io itertools json math operator random re secrets statistics string textwrap time traceback types typing',
  'unicodedata urllib.parse uuid zlib',
].flatMap((line) => line.split(' '))

/** The interpreter's doors to JavaScript. What is behind them is cut off as well (see python-hardening); this makes an
 *  attempt fail with a plain ImportError. */
export const closedModules = ['js', 'pyodide_js', 'pyodide', '_pyodide', '_pyodide_core', 'pyodide_http']

/** Python source that closes the doors and renews what a snapshot must not repeat: random numbers. */
export const openingSource = `
def _close_doors():
    import random
    import sys

    closed = ${JSON.stringify(closedModules)}

    class Closed:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name.partition(".")[0] in closed:
                raise ImportError(f"{name} is not available here", name=name)

    for name in list(sys.modules):
        if name.partition(".")[0] in closed:
            del sys.modules[name]
    sys.meta_path.insert(0, Closed)
    random.seed()

_close_doors()
del _close_doors
`

/** ENOSPC in Emscripten's numbering. */
const noSpaceLeft = 51

/** Bounds how much the interpreter's in-memory files may grow: they live outside its WebAssembly memory. Space given
 *  back is not counted back: a run is short.
 *  @param {any} fileSystem Emscripten's FS @param {number} maxBytes */
export function limitFiles(fileSystem, maxBytes) {
  let left = maxBytes
  const spend = (node, size) => {
    const growth = Math.max(0, size - (node.usedBytes ?? 0))
    if (growth > left) throw new fileSystem.ErrnoError(noSpaceLeft)
    left -= growth
  }
  const { stream, node } = fileSystem.filesystems.MEMFS.ops_table.file
  const { write } = stream
  stream.write = (file, buffer, offset, length, position, canOwn) => {
    spend(file.node, position + length)
    return write(file, buffer, offset, length, position, canOwn)
  }
  const { setattr } = node
  node.setattr = (target, attributes) => {
    if (attributes.size !== undefined) spend(target, attributes.size)
    return setattr(target, attributes)
  }
}
