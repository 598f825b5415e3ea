import os from 'node:os'

/** The clock of the run under way. QuickJS polls `hasPassed` while it executes. A run that takes long first steps back in the
 *  operating system's queue, so that a loop slows nothing else down (Linux priorities are per thread).
 *  @param {number} politeAfterMs */
export function createDeadline(politeAfterMs) {
  let politeAt = Infinity
  let endsAt = Infinity
  let hasFired = false
  let isPolite = false
  return {
    /** @param {number} timeoutMs */
    start(timeoutMs) {
      const now = performance.now()
      endsAt = now + timeoutMs
      politeAt = now + politeAfterMs
      hasFired = false
      isPolite = false
    },
    hasPassed() {
      const now = performance.now()
      if (now > politeAt) {
        politeAt = Infinity
        isPolite = setPriority(10)
      }
      if (now > endsAt) hasFired = true
      return hasFired
    },
    fired: () => hasFired,
    /** Restores the thread's priority; false when the system does not let us. */
    end: () => !isPolite || setPriority(0),
  }
}

/** @param {number} priority */
function setPriority(priority) {
  // Elsewhere the call means the whole process.
  if (process.platform !== 'linux') return false
  try {
    os.setPriority(priority)
    return true
  } catch {
    return false
  }
}
