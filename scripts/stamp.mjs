import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { root } from './root.mjs'

const lockPollMs = 100
// Longer than any build: after that the number in the lock is another process's.
const lockLifeMs = 10 * 60_000

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

async function holdingLock(lock, work) {
  while (!takeLock(lock)) await delay(lockPollMs)
  try {
    await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

// The file holds its owner's process number: the lock of a process that was killed is no lock.
function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (isAbandoned(lock)) rmSync(lock, { force: true })
    return false
  }
}

function isAbandoned(lock) {
  try {
    const isOld = statSync(lock).mtimeMs < Date.now() - lockLifeMs
    return isOld || !isAlive(Number(readFileSync(lock, 'utf8') || process.pid))
  } catch {
    return false
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
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
