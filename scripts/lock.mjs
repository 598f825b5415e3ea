import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

const lockPollMs = 100
// Longer than any build or installation: after that the number in the lock is another process's.
const lockLifeMs = 10 * 60_000

/** Does the work while no other process holds this lock, a file in a folder that exists. */
export async function holdingLock(lock, work) {
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
