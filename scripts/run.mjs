import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { root } from './root.mjs'

/** Runs a program in the project's folder, its output shown as it comes. Resolves to its exit code. With a `priority`
 *  above 0 (a niceness) it and what it starts yield the processor to everything else. */
export function run(file, args, { priority = 0, ...options } = {}) {
  const child = spawn(file, args, { cwd: root, stdio: 'inherit', ...options })
  if (priority !== 0 && child.pid !== undefined) setPriority(child.pid, priority)
  return finish(child)
}

/** Runs a script of an installed package with this very Node. */
export function runPackage(script, args, options = {}) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], options)
}

/** Runs like `runPackage`, but keeps the output: `{ code, output }`. */
export async function capturePackage(script, args, options = {}) {
  const file = join(root, 'node_modules', script)
  return capture(process.execPath, [file, ...args], options)
}

/** Runs a program and keeps what it says: `{ code, output }`, both streams in one text. */
export async function capture(file, args, options = {}) {
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  return { code: await finish(child), output }
}

function finish(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}
