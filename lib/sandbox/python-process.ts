import 'server-only'
import { spawn } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import {
  codeMemoryBytes,
  maxCodeLogBytes,
  maxCodeOutputBytes,
  maxJsonDepth,
  maxPythonFileBytes,
  maxPythonProcessBytes,
  pythonOrphanGraceMs,
} from '../limits'

/** How far the operating system helps to confine the Python process, best first. Node's permission model and the
 *  interpreter's WebAssembly hold in all of them. */
export const confinements = ['namespaces', 'user', 'none'] as const
export type Confinement = (typeof confinements)[number]

/** What each confinement means, for the log. */
export const confinementText: Record<Confinement, string> = {
  namespaces: 'runs as nobody, without a network',
  user: 'runs as nobody; this system does not let it have an empty network',
  none: "runs as the server's own user; this system allows no namespace, or nobody cannot enter the project folder",
}

/** User and group `nobody`. */
const nobody = 65_534
/** Yields to the server. */
const politeNiceness = 10

/** Starts a Python process for one task: `probe` ends with 0 when it can read the interpreter, `snapshot` writes one to
 *  standard output, `serve` loads the snapshot from open file 3, says `ready` and takes one job. */
export function spawnPython(options: {
  rootDir: string
  confinement: Confinement
  task: 'probe' | 'snapshot' | 'serve'
  snapshotFile?: number
}): ChildProcess {
  const { confinement, snapshotFile } = options
  const command = withSystemLimits(nodeCommand(options.rootDir, options.task))
  const inNamespaces = ['unshare', '--user', '--net', `--map-user=${nobody}`, `--map-group=${nobody}`, '--', ...command]
  const [program = process.execPath, ...args] = confinement === 'namespaces' ? inNamespaces : command
  const spawnOptions: SpawnOptions = {
    // Next.js declares NODE_ENV as always there.
    env: { NODE_ENV: 'production' },
    cwd: path.parse(options.rootDir).root,
    stdio: ['pipe', 'pipe', 'pipe', snapshotFile ?? 'ignore'],
    ...(confinement === 'user' ? { uid: nobody, gid: nobody } : {}),
  }
  const child = spawn(program, args, spawnOptions)
  // Ends before it reads what it was told: its exit says why.
  child.stdin?.on('error', () => undefined)
  lowerPriority(child)
  return child
}

/** Confinements worth trying on this system. */
export function possibleConfinements(): readonly Confinement[] {
  if (process.platform !== 'linux') return ['none']
  return process.getuid?.() === 0 ? confinements : ['namespaces', 'none']
}

function nodeCommand(rootDir: string, task: string): string[] {
  const sandboxDir = path.join(rootDir, 'lib/sandbox')
  const pyodideDir = path.join(rootDir, 'node_modules/pyodide')
  const readable = [pyodideDir, path.join(rootDir, 'node_modules/ws'), sandboxDir]
  const limits = {
    memoryBytes: codeMemoryBytes,
    maxLogBytes: maxCodeLogBytes,
    maxOutputBytes: maxCodeOutputBytes,
    maxDepth: maxJsonDepth,
    maxFileBytes: maxPythonFileBytes,
    graceMs: pythonOrphanGraceMs,
  }
  return [
    process.execPath,
    '--experimental-permission',
    ...readable.map((folder) => `--allow-fs-read=${path.join(folder, '*')}`),
    '--disallow-code-generation-from-strings',
    '--max-old-space-size=256',
    '--no-warnings',
    path.join(sandboxDir, 'python-child.mjs'),
    JSON.stringify({ task, limits, pyodideDir: `${pyodideDir}${path.sep}` }),
  ]
}

/** A limit on writable memory bounds what lies outside WebAssembly, such as the buffers of in-memory pipes. */
function withSystemLimits(command: string[]): string[] {
  if (process.platform === 'win32') return command
  const limit = `ulimit -d ${maxPythonProcessBytes / 1024} 2>/dev/null; ulimit -c 0 2>/dev/null; exec "$@"`
  return ['/bin/sh', '-c', limit, 'sh', ...command]
}

function lowerPriority(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    os.setPriority(child.pid, politeNiceness)
  } catch {
    // Already gone; its exit is handled where it was started.
  }
}
