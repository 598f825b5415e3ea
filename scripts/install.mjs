import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { holdingLock } from './lock.mjs'
import { root } from './root.mjs'
import { run } from './run.mjs'

const cacheDir = join(root, '.cache')

/** Installs the packages of package-lock.json unless those very versions are there. Of several processes that find
 *  them missing one installs and the others wait. */
export async function ensureInstalled() {
  if (isInstalled()) return
  mkdirSync(cacheDir, { recursive: true })
  await holdingLock(join(cacheDir, 'install.lock'), async () => {
    if (!isInstalled()) await install()
  })
}

// Install scripts stay off: nothing here needs one, and the embedded database makes its symbolic links when it starts.
async function install() {
  console.log('sluice: installing packages (npm ci), once')
  const npm = npmCommand()
  const flags = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', ...quiet]
  const code = await run(npm.file, [...npm.args, ...flags], npm.options)
  if (code !== 0) throw new Error('npm ci failed (above): see that the npm registry can be reached, then start again')
}

// Two packages ask for a newer Node than ours: every call of them is tested on ours, and one is never loaded. npm's warnings of
// it frighten and help nobody; its errors are shown all the same.
const quiet = ['--loglevel=error']

// By content: a checkout or a copy changes times without changing packages. npm writes its own record of what is
// installed last, so a broken installation has none.
function isInstalled() {
  const installed = readPackages('node_modules/.package-lock.json')
  if (installed === null) return false
  return Object.entries(readPackages('package-lock.json') ?? {}).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true
    const found = installed[path]
    return found ? found.version === version : Boolean(optional ?? devOptional)
  })
}

function readPackages(path) {
  const file = join(root, path)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null
}

function npmCommand() {
  const script = process.env.npm_execpath
  if (script?.endsWith('npm-cli.js')) return { file: process.execPath, args: [script], options: {} }
  return { file: 'npm', args: [], options: { shell: process.platform === 'win32' } }
}
