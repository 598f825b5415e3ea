import 'server-only'
import pino from 'pino'

/** The process's log: JSON lines on standard error. Quiet by default, no line per request. Credentials are removed by
 *  name wherever a log object carries them; a URL is logged as its path only, so `?token=` has no way in. */
export const logger = pino(
  {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    redact: {
      paths: ['authorization', 'apikey', 'cookie', 'token', 'password'].flatMap((name) => [
        name,
        `*.${name}`,
        `*.*.${name}`,
        `*["set-${name}"]`,
      ]),
      censor: '[removed]',
    },
  },
  pino.destination({ dest: 2, sync: true }),
)

/** What a log says of an error. Nothing else it carries: drivers hang whole connections on theirs. */
export function describeError(error: unknown): Record<string, unknown> {
  // pg-boss hands on copies of errors, which are errors no more.
  if (typeof error !== 'object' || error === null || !('message' in error)) return { message: String(error) }
  // Each may be missing, and is said only where it is there.
  const { message, name, code, stack, cause } = error as Partial<Error> & { code?: unknown }
  return {
    ...(name === undefined ? {} : { type: name }),
    message,
    ...(code === undefined ? {} : { code }),
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  }
}

/** The part of a URL that may be logged: no query, where tokens travel. */
export function loggablePath(url: string): string {
  const end = url.search(/[?#]/)
  return (end === -1 ? url : url.slice(0, end)).replace(/^[a-z]+:\/\/[^/]*/i, '')
}
