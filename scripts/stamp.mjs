import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holdingLock } from './lock.mjs'
import { root } from './root.mjs'

// What a step was last made from: a hash of its sources, so that a fresh clone, a checkout of another branch and a
// touched file are all judged by content.
const stampDir = join(root, '.cache/stamps')

/** Runs `make` unless it was last run on these very sources (files and folders of the project) and `result` exists.
 *  Of several processes that find the same thing missing one makes it and the others wait. */
export async function makeFrom({ name, sources, result, make }) {
  const stamp = join(stampDir, name)
  const isCurrent = (fingerprint) =>
    existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint && existsSync(join(root, result))
  if (isCurrent(fingerprintOf(sources))) return
  mkdirSync(stampDir, { recursive: true })
  await holdingLock(`${stamp}.lock`, async () => {
    const fingerprint = fingerprintOf(sources)
    if (isCurrent(fingerprint)) return
    rmSync(stamp, { force: true })
    await make()
    writeFileSync(stamp, fingerprint)
  })
}

function fingerprintOf(sources) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesIn(source))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesIn(path) {
  const absolute = join(root, path)
  if (!existsSync(absolute)) return []
  if (!statSync(absolute).isDirectory()) return [path]
  return readdirSync(absolute, { withFileTypes: true })
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => (isSource(entry.name) ? filesIn(`${path}/${entry.name}`) : []))
}

// Generated code follows from the schema, which is a source itself.
function isSource(name) {
  return name !== 'generated' && !/\.test\.tsx?$/.test(name)
}
