import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { maxModelRetries, maxModelRetryWaitMs, modelRetryBaseMs } from '../limits'
import type { GuardedStream, StreamedResponse } from '../outbound/guarded-stream'

/** What a model call leaves the process by. */
export interface ModelFetchOptions {
  stream: GuardedStream
  timeoutMs: number
  /** How often a call is tried again; 0 for calls that must not happen twice. */
  maxRetries?: number
  /** Waits before a retry; ends early with the signal. The clock's own unless given. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>
  /** A number in [0, 1). */
  random?: () => number
}

/** A `fetch` for the model SDKs on the guarded door: every address checked, answers streamed, overload and broken
 *  connections tried again with growing pauses, `Retry-After` honoured. Source: RFC 9110, section 10.2.3. */
export function createModelFetch(options: ModelFetchOptions): typeof globalThis.fetch {
  const wait = options.wait ?? ((ms, signal) => sleep(ms, undefined, { signal }))
  const random = options.random ?? Math.random
  const maxRetries = options.maxRetries ?? maxModelRetries
  return async (input, init) => {
    const request = {
      url: input instanceof Request ? input.url : String(input),
      method: init?.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: bodyText(init?.body),
      timeoutMs: options.timeoutMs,
      signal: init?.signal ?? new AbortController().signal,
    }
    for (let retries = 0; ; retries++) {
      const answer = await options.stream(request).catch((error: unknown) => {
        if (retries === maxRetries || !isBrokenConnection(error)) throw error
        return null
      })
      const pauseMs = pauseBefore(answer, retries, random)
      if (answer && (pauseMs === null || retries === maxRetries)) return toResponse(answer)
      await answer?.body.cancel()
      await wait(pauseMs ?? modelRetryBaseMs, request.signal)
    }
  }
}

/** Milliseconds to wait before asking again; null when the answer stands. */
function pauseBefore(answer: StreamedResponse | null, retries: number, random: () => number): number | null {
  const backoffMs = modelRetryBaseMs * 2 ** retries * (0.75 + random() / 2)
  if (!answer) return backoffMs
  const { status } = answer
  if (status !== 408 && status !== 429 && status < 500) return null
  const askedMs = askedPauseMs(answer.headers)
  return askedMs !== null && askedMs > maxModelRetryWaitMs ? null : (askedMs ?? backoffMs)
}

function askedPauseMs(headers: Record<string, string>): number | null {
  const precise = Number.parseFloat(headers['retry-after-ms'] ?? '')
  if (Number.isFinite(precise)) return Math.max(precise, 0)
  const text = headers['retry-after']
  if (text === undefined) return null
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) ? Math.max(ms, 0) : null
}

/** A kept connection that the server closed just then: nothing was answered. */
function isBrokenConnection(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(code)
}

function bodyText(body: RequestInit['body']): string | undefined {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string') return body
  throw new Error('a model call carries text only')
}

function toResponse({ status, headers, body }: StreamedResponse): Response {
  const kept = Object.entries(headers).filter(([name]) => !['content-length', 'content-encoding'].includes(name))
  const hasBody = ![204, 205, 304].includes(status)
  return new Response(hasBody ? body : null, { status, headers: Object.fromEntries(kept) })
}
