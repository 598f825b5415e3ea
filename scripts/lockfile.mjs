// Completes package-lock.json with the optional packages of other platforms: `node scripts/lockfile.mjs`. A registry
// mirror may lack them; npm then leaves them out without a word, and `npm ci` refuses the lock file everywhere. With
// --check it writes nothing and fails when one is missing.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMain, root } from './root.mjs'

const systems = ['darwin', 'win32', 'linux', 'freebsd', 'android', 'openharmony']
const processors = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'loong64']

if (isMain(import.meta.url)) main(process.argv.includes('--check'))

function main(isCheck) {
  const file = join(root, 'package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const missing = missingPackages(lock.packages)
  if (missing.length === 0) return
  if (isCheck) {
    const names = missing.map(({ name }) => name).join(', ')
    console.error(`package-lock.json lacks ${names}: npm ci would refuse it. Run: node scripts/lockfile.mjs`)
    process.exit(1)
  }
  for (const { name, version } of missing) lock.packages[`node_modules/${name}`] = entryOf(name, version)
  const sorted = Object.entries(lock.packages).sort(([left], [right]) => (left < right ? -1 : 1))
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`)
}

/** The optional packages that an entry of the lock file names and no entry is. */
export function missingPackages(packages) {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isLocked(packages, path, name))
      .map(([name, version]) => ({ name, version })),
  )
}

// As Node resolves: beside the package, then in each folder above.
function isLocked(packages, path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (packages[join(folder, 'node_modules', name)]) return true
    if (folder === '') return false
  }
}

/** What npm needs to know to pass the package over elsewhere. Its checksum is not known here. */
export function entryOf(name, version) {
  if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`${name}@${version} is no exact version: add it by hand`)
  const words = name.split(/[/-]/)
  const cpu = processors.filter((processor) => words.includes(processor))
  const os = systems.filter((system) => words.includes(system))
  return { version, ...(cpu.length > 0 && { cpu }), optional: true, ...(os.length > 0 && { os }) }
}
