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
  if (!(error instanceof Error)) return { message: String(error) }
  return {
    type: error.name,
    message: error.message,
    ...('code' in error ? { code: error.code } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

/** The part of a URL that may be logged: no query, where tokens travel. */
export function loggablePath(url: string): string {
  const end = url.search(/[?#]/)
  return (end === -1 ? url : url.slice(0, end)).replace(/^[a-z]+:\/\/[^/]*/i, '')
}
