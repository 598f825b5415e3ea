import 'server-only'
import { BlockError } from '../blocks/contract'

/** Runs a call within its `timeoutMs` and until its `signal` aborts, and says what went wrong in words a person can act
 *  on. `host` is what they call it by: the path and query of the URL may hold secrets.
 *  @throws BlockError; the signal's own reason when the caller aborted. */
export async function withinTime<T>(
  request: { timeoutMs: number; signal: AbortSignal },
  host: string,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { timeoutMs, signal } = request
  signal.throwIfAborted()
  const controller = new AbortController()
  const late = new BlockError(`${host} did not answer completely within ${timeoutMs} ms`)
  const timer = setTimeout(() => controller.abort(late), timeoutMs)
  const onAbort = () => controller.abort(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await call(controller.signal)
  } catch (error) {
    if (controller.signal.aborted) throw controller.signal.reason
    throw error instanceof BlockError ? error : new BlockError(`${host} ${reasonOf(error)}`, { cause: error })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke off the connection',
  EPIPE: 'broke off the connection',
  UND_ERR_SOCKET: 'broke off the connection',
  ETIMEDOUT: 'cannot be reached: the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'cannot be reached: the connection timed out',
  EHOSTUNREACH: 'cannot be reached: there is no route to it',
  ENETUNREACH: 'cannot be reached: there is no route to it',
  UND_ERR_HEADERS_OVERFLOW: 'sent more headers than are accepted',
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a certificate that nobody vouches for',
  SELF_SIGNED_CERT_IN_CHAIN: 'has a certificate that nobody vouches for',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a certificate that nobody vouches for',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name',
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  return `${reasons[code] ?? `gave no usable answer: ${message}`}${code ? ` (${code})` : ''}`
}
