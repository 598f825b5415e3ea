import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSandbox } from './sandbox'
import type { Sandbox } from './sandbox'

const rootDir = path.resolve(import.meta.dirname, '../..')
const log = { info: () => undefined, warn: () => undefined }
let dataDir: string
let sandbox: Sandbox

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'sluice-python-'))
  sandbox = createSandbox({ rootDir, dataDir, log })
})
afterAll(async () => {
  await sandbox.close()
  await rm(dataDir, { recursive: true, force: true })
})

function run(code: string, options: { owner?: string; timeoutMs?: number; signal?: AbortSignal } = {}) {
  const { owner = 'workflow', timeoutMs = 10_000, signal = new AbortController().signal } = options
  return sandbox.run({ language: 'python', code, bindings: {}, timeoutMs, signal, owner })
}

/** The interpreter's closed door to JavaScript, found behind the import system: what follows tests the wall itself. */
const findJavascript = `
import gc
core = next(m for m in gc.get_objects() if getattr(m, "__name__", "") == "_pyodide_core")
to_js = core.to_js
def attempt(*roads):
    found = []
    for road in roads:
        try:
            found.append(str(road()))
        except BaseException as error:
            found.append("refused: " + str(error))
    return found
`

describe('attack 24: Python reaches nothing of the host', () => {
  it('os, io and pathlib see only the interpreter’s own empty world', async () => {
    const code = `
import os, io, pathlib
def there(path):
    try:
        io.open(path).read()
        return True
    except OSError:
        return False
output = {
    "root": sorted(os.listdir("/")),
    "home": sorted(os.listdir("/home")),
    "tmp": os.listdir("/tmp"),
    "files": [p for p in ["/etc/passwd", "/etc/hostname", "/proc/self/environ", "/proc/1/cmdline", ${JSON.stringify(path.join(rootDir, 'package.json'))}, ${JSON.stringify(path.join(rootDir, 'node_modules/pyodide/package.json'))}] if there(p)],
    "env": sorted(os.environ),
    "env text": " ".join(os.environ.values()),
    "exists": pathlib.Path(${JSON.stringify(rootDir)}).exists(),
}`
    // Typed by hand: the code above builds it.
    const world = (await run(code)).output as Record<string, string[] | string | boolean>
    expect(world).toMatchObject({
      root: ['dev', 'home', 'lib', 'proc', 'tmp'],
      home: ['pyodide', 'web_user'],
      tmp: [],
      files: [],
    })
    expect(world.env).not.toEqual(expect.arrayContaining([expect.stringMatching(/DATABASE|SLUICE|KEY|NODE/)]))
    expect(world['env text']).not.toContain(rootDir)
    expect(world.exists).toBe(false)
  })

  it.each([
    'import js',
    'import pyodide_js',
    'from pyodide.code import run_js',
    'import _pyodide_core',
    'import subprocess\nsubprocess.run(["ls"])',
    'import os\nos.system("true") == 0 or 1 / 0',
    'import os\nos.fork()',
    'import os\nos.execv("/bin/ls", ["ls"])',
    'import os\nos.kill(os.getppid(), 9); 1 / 0',
    'import ctypes\nctypes.CDLL(None).system(b"ls")',
    'import ctypes\nctypes.CDLL("libc.so.6")',
    'import urllib.request\nurllib.request.urlopen("http://127.0.0.1:80")',
    'import micropip',
  ])('%j is refused', async (code) => {
    await expect(run(code)).rejects.toThrow()
  })

  it('a socket reaches no server of the host', async () => {
    let calls = 0
    const server = createServer(() => calls++)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A listening TCP server has an AddressInfo.
    const { port } = server.address() as AddressInfo
    const code = `
import socket
s = socket.create_connection(("127.0.0.1", ${port}), 2)
s.sendall(b"hello")
output = s.recv(1)`
    await expect(run(code)).rejects.toThrow()
    expect(calls).toBe(0)
    await new Promise((resolve) => server.close(resolve))
  })

  it('JavaScript objects behind the import system lead neither to code nor to the process', async () => {
    const code = `${findJavascript}
array = to_js([1])
F = array.constructor.constructor
output = attempt(
    lambda: F("return process")(),
    lambda: F("return globalThis")(),
    lambda: array.constructor.constructor.constructor("return this")(),
    lambda: array.map.constructor("return this")(),
    lambda: array.constructor.__proto__.constructor("return 1")(),
)`
    const found = (await run(code)).output
    expect(found).toEqual(Array(5).fill(expect.stringMatching(/^refused: EvalError/)))
  })
})

describe('attack 23: nothing stays from one Python run to the next', () => {
  it('patched modules, builtins, sys, environment and files are unknown to the next run', async () => {
    const spoil = `
import json, builtins, sys, os, atexit, random, types
json.dumps = lambda *a, **k: '{"output": "owned"}'
json.loads = None
builtins.len = lambda x: 42
builtins.leak = 1
sys.modules["leak"] = types.ModuleType("leak")
sys.path.append("/tmp")
sys.settrace(lambda *a: None)
os.environ["LEAK"] = "1"
open("/tmp/leak.py", "w").write("x = 1")
open("/home/pyodide/leak", "w").write("x")
os.chdir("/tmp")
atexit.register(lambda: print("leak"))
random.seed(1)
output = 1`
    const look = `
import json, builtins, sys, os
output = {
    "len": len([1]), "builtin": hasattr(builtins, "leak"), "module": "leak" in sys.modules, "path": "/tmp" in sys.path,
    "env": "LEAK" in os.environ, "tmp": os.listdir("/tmp"), "home": os.listdir("/home/pyodide"), "cwd": os.getcwd(),
    "json": json.loads(json.dumps([1])),
}`
    await run(spoil).catch(() => undefined)
    for (let i = 0; i < 2; i++) {
      const { output, logs } = await run(look)
      expect(logs).toEqual([])
      expect(output).toEqual({
        ...{ len: 1, builtin: false, module: false, path: false, env: false, tmp: [], home: [], cwd: '/home/pyodide' },
        json: [1],
      })
    }
  })
})

describe('attack 22: runaway Python is stopped at its limit and the next run is clean', () => {
  it.each([
    ['an endless loop', 'while True: pass', /longer than 500 ms/],
    [
      'a loop that catches everything',
      'while True:\n  try:\n    while True: pass\n  except BaseException: pass',
      /500 ms/,
    ],
    ['regular expression backtracking', 'import re\nre.match("(a+)+$", "a" * 40 + "b")', /500 ms/],
    ['a giant number', 'x = 10 ** 10 ** 8', /500 ms|Memory/],
    ['a giant string', 'x = "x" * (1 << 30)', /MemoryError/],
    ['a list without end', 'a = []\nwhile True: a.append(bytes(1 << 20))', /MemoryError|500 ms/],
    [
      'files without end',
      'i = 0\nwhile True:\n  i += 1\n  open(f"/tmp/{i}", "wb").write(bytes(1 << 22))',
      /No space left|500 ms/,
    ],
    ['deep recursion', 'def f(): return f()\nf()', /RecursionError/],
    ['nested source', `x = ${'('.repeat(5_000)}`, /SyntaxError|Memory|Recursion|ended/],
  ])('%s', async (_what, code, message) => {
    await expect(run(code, { timeoutMs: 500 })).rejects.toThrow(message)
  })

  it('memory outside WebAssembly has a bound too', async () => {
    const pipe = 'import os\nr, w = os.pipe()\nwhile True: os.write(w, bytes(1 << 20))'
    await expect(run(pipe, { timeoutMs: 60_000 })).rejects.toThrow(/ended the interpreter/)
  })

  it('a workflow that loops in Python leaves room to others, and an abort ends its runs', async () => {
    const stop = new AbortController()
    const hog = { owner: 'hog', timeoutMs: 60_000, signal: stop.signal }
    const loops = Promise.allSettled(Array.from({ length: 4 }, () => run('while True: pass', hog)))
    expect((await run('output = 1', { owner: 'other' })).output).toBe(1)
    stop.abort()
    expect((await loops).map((end) => end.status)).toEqual(Array(4).fill('rejected'))
    expect((await run('output = 2', { owner: 'hog' })).output).toBe(2)
  })
})
