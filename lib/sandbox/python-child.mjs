// The Python process: loads Pyodide, says it is ready, runs one piece of code, answers, ends. Nothing can leak to the
// next run because there is none. Asked for a snapshot it instead writes the memory of a loaded interpreter to standard
// output: the other processes start from that file in a tenth of the time.
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInThisContext } from 'node:vm'
import { capWebAssemblyMemory, cutOff } from './python-hardening.mjs'
import { limitFiles, openingSource, preloadedModules } from './python-world.mjs'
import { createLogBuffer, whyTooMuch } from './text-limits.mjs'

const { task, limits, pyodideDir } = JSON.parse(process.argv[2] ?? '{}')
const { stdin, stdout } = process
const exit = process.exit.bind(process)
/** Where the host hands in the snapshot: an open file, so that its folder need not be readable here. */
const snapshotFile = 3
if (task === 'probe') {
  fs.accessSync(path.join(pyodideDir, 'pyodide.asm.wasm'), fs.constants.R_OK)
  exit(0)
}
// The baseline compiler alone, and only for functions that are called. Optimizing the interpreter's main loop takes a
// third of a short run's processor time, and pays only for code that computes for half a second and more.
for (const flag of ['--wasm-lazy-compilation', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering'])
  setFlagsFromString(flag)
cutOff()
capWebAssemblyMemory(limits.memoryBytes)
const { loadPyodide } = await import(pathToFileURL(path.join(pyodideDir, 'pyodide.mjs')).href)
if (task === 'serve') await serve()
else await writeSnapshot()

async function load(options) {
  // Nothing of this process is in `js`: the interpreter's global object is an empty one.
  const world = { jsglobals: Object.create(null), stdin: () => null, _sysExecutable: '/python' }
  return loadPyodide({ indexURL: pyodideDir, ...world, ...options })
}

async function writeSnapshot() {
  const python = await load({ _makeSnapshot: true })
  const source = fs.readFileSync(new URL('run_code.py', import.meta.url), 'utf8')
  python.runPython(`import ${preloadedModules.join(', ')}\n${source}\n_run = _make_runner()\ndel _make_runner`)
  const snapshot = python.makeMemorySnapshot()
  stdout.write(snapshot, () => exit(0))
}

async function serve() {
  const python = await load({ _loadSnapshot: fs.readFileSync(snapshotFile) })
  fs.closeSync(snapshotFile)
  const logs = createLogBuffer(limits.maxLogBytes)
  const output = collectLines(logs)
  python.setStdout({ write: output.write, isatty: false })
  python.setStderr({ write: output.write, isatty: false })
  const run = python.globals.get('_run')
  for (const name of ['js', 'pyodide_js']) python.unregisterJsModule(name)
  python.runPython(openingSource)
  python.globals.clear()
  limitFiles(python.FS, limits.maxFileBytes)
  // Held by this module where needed; nobody else finds it on the global object.
  Reflect.deleteProperty(globalThis, 'process')
  stdout.write('ready\n')
  const job = JSON.parse(await readLine())
  const reply = { ...runJob(run, job), logs: (output.end(), logs.lines) }
  stdout.write(`${JSON.stringify(reply)}\n`, () => exit(0))
}

function runJob(run, job) {
  // The host kills this process in time; the limit here is for a host that is gone.
  globalThis.runSluiceJob = () => run(job.code, job.bindings).toJs()
  try {
    const [kind, text] = runInThisContext('runSluiceJob()', { timeout: job.timeoutMs + limits.graceMs }).map(String)
    const error = kind === 'output' ? whyTooMuch(text, limits) : text
    return error === null ? { output: text, error } : { output: null, error }
  } catch {
    // os._exit, a crash below Python, no stack left in JavaScript.
    return { output: null, error: 'The code ended the interpreter' }
  }
}

/** Cuts written bytes into log lines. */
function collectLines(logs) {
  const decoder = new TextDecoder()
  let rest = ''
  return {
    write(bytes) {
      if (!logs.isFull()) {
        const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) logs.add(line)
        // A line without an end is cut like any other.
        if (rest.length > limits.maxLogBytes) rest = (logs.add(rest), '')
      }
      return bytes.length
    },
    end() {
      if (rest !== '') logs.add(rest)
    },
  }
}

/** The one line the host sends. A host that is gone ends its side: then so does this process. */
async function readLine() {
  const chunks = []
  for await (const chunk of stdin) {
    chunks.push(chunk)
    if (chunk.includes(10)) return Buffer.concat(chunks).toString('utf8')
  }
  return exit(0)
}
