import 'server-only'

/** What a failure says about the database: `unreachable` (try again soon), `refused_text` (text it cannot store, such
 *  as a NUL character: the caller's doing), or null when it is something else. Looks through `cause`. */
export function databaseFailureOf(error: unknown): 'unreachable' | 'refused_text' | null {
  let current = error
  for (let depth = 0; depth < maxCauses && current instanceof Error; depth++) {
    const code = 'code' in current && typeof current.code === 'string' ? current.code : ''
    if (unstorableCodes.has(code)) return 'refused_text'
    if (unreachablePattern.test(code) || unreachableMessage.test(current.message)) return 'unreachable'
    // A Unix socket that is not there: its server is starting.
    if (code === 'ENOENT' && 'syscall' in current && current.syscall === 'connect') return 'unreachable'
    current = current instanceof AggregateError ? current.errors[0] : current.cause
  }
  return null
}

const maxCauses = 6

// Source: PostgreSQL, appendix A. 22021: NUL in text; 22P05: NUL or a lone surrogate in JSON.
const unstorableCodes = new Set(['22021', '22P05'])

// Class 08 connection exception, 53 insufficient resources (disk, memory, connections), 57P0x shutdown and crash;
// the socket errors of Node; Prisma's own codes for the same.
const unreachablePattern =
  /^(?:08...|53...|57P0[1-5]|ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|P1001|P1002|P1008|P1017|P2024|P2037)$/

// pg throws these without a code.
const unreachableMessage =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed and is not queryable|Cannot use a pool after calling end|connectDatabase has not been called|Can't reach database server|Server has closed the connection)/
