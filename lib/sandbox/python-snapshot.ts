import 'server-only'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { spawnPython } from './python-process'
import type { Confinement } from './python-process'

const sources = ['python-child.mjs', 'python-hardening.mjs', 'python-world.mjs', 'run_code.py']

/** Path of the memory snapshot of a loaded interpreter, made when none fits. Starting from it takes 0.3 s instead of 2.
 *  The name carries a hash of everything it is made from. @throws Error when the interpreter does not load. */
export async function ensureSnapshot(rootDir: string, dataDir: string, confinement: Confinement): Promise<string> {
  const name = await snapshotName(rootDir)
  const file = path.join(dataDir, name)
  if (await exists(file)) return file
  await mkdir(dataDir, { recursive: true })
  const bytes = await makeSnapshot(rootDir, confinement)
  // Another server on the same folder may be doing the same: a rename is whole or not there.
  const temporary = `${file}.${process.pid}.tmp`
  await writeFile(temporary, bytes, { mode: 0o600 })
  await rename(temporary, file)
  await removeOthers(dataDir, name)
  return file
}

async function snapshotName(rootDir: string): Promise<string> {
  const hash = createHash('sha256').update(process.version).update(process.arch)
  hash.update(await readFile(path.join(rootDir, 'node_modules/pyodide/package.json')))
  for (const source of sources) hash.update(await readFile(path.join(rootDir, 'lib/sandbox', source)))
  return `python-${hash.digest('hex').slice(0, 16)}.snapshot`
}

async function makeSnapshot(rootDir: string, confinement: Confinement): Promise<Buffer> {
  const child = spawnPython({ rootDir, confinement, task: 'snapshot' })
  const chunks: Buffer[] = []
  let errors = ''
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(0, 2_000)))
  // Typed by hand: `once` cannot know the event's arguments (exit code, signal).
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`the interpreter did not load: ${errors.trim().split('\n')[0] ?? ''} (exit ${code})`)
  return Buffer.concat(chunks)
}

async function removeOthers(dataDir: string, keep: string): Promise<void> {
  const names = await readdir(dataDir)
  const old = names.filter((name) => /^python-[0-9a-f]{16}\.snapshot$/.test(name) && name !== keep)
  await Promise.all(old.map((name) => rm(path.join(dataDir, name), { force: true })))
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.size > 0,
    () => false,
  )
}
