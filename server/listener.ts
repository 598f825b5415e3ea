import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { AppError } from '@/lib/contract/errors'
import { replyOfFailure } from '@/lib/http/failure'
import { requestIdOf } from '@/lib/http/request-id'
import { headersTimeoutMs, keepAliveTimeoutMs, maxHeaderBytes, requestTimeoutMs } from '@/lib/limits'
import { createApiListener } from './api-listener'
import { clientAddress } from './client-address'
import { refuseConnection } from './refuse-connection'
import { createRouter, type RouteModule } from './router'
import { writeReply } from './write-reply'

/** The process's one HTTP server, not yet listening. */
export interface Listener {
  server: Server
  /** Takes no new connection or request; resolves when every answer begun is out, or after `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>
}

type Handle = (incoming: IncomingMessage, outgoing: ServerResponse) => void

/** Builds the server: `/api/**` goes to `routes`, everything else and `/api/auth/**` without a route here to `next`.
 *  Without `routes` (development) Next answers the API too, so that an edited route is in effect at once. */
export function createListener(road: { routes: Record<string, RouteModule> | null; next: Handle }): Listener {
  const findRoute = createRouter(road.routes ?? {})
  const answerApi = createApiListener()
  const pending = new WeakMap<Socket, ServerResponse>()
  let isDraining = false

  const server = createServer(options, (incoming, outgoing) => {
    pending.set(incoming.socket, outgoing)
    const path = pathOf(incoming)
    if (isDraining) return refuse(outgoing, new AppError('OVERLOADED', 'The server is shutting down'))
    if (path === null) return refuse(outgoing, new AppError('VALIDATION_ERROR', 'Request line or host is not valid'))
    if (path !== '/api' && !path.startsWith('/api/')) {
      // Next resolves such a path, encoded or not, and answers by what it leads to, the API included.
      if (dotSegment.test(path)) return refuse(outgoing, new AppError('NOT_FOUND', 'A path holds no dot segments'))
      return toNext(incoming, outgoing)
    }
    const match = road.routes && findRoute(path)
    const isForNext = road.routes ? isAuthPath(path) && !match : isPlainPath(path)
    if (isForNext) toNext(incoming, outgoing)
    else answerApi(incoming, outgoing, match)
  })
  server.on('clientError', (error, socket) => {
    // True because the server speaks plain TCP.
    const connection = socket as Socket
    refuseConnection(error, connection, pending.get(connection))
  })
  server.on('connect', (_incoming: IncomingMessage, socket: Socket) => {
    refuseConnection(new Error('CONNECT is for proxies'), socket)
  })
  server.on('checkExpectation', (_incoming: IncomingMessage, outgoing: ServerResponse) => {
    refuse(outgoing, new AppError('VALIDATION_ERROR', 'The Expect header asks for what is not supported'))
  })

  function toNext(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const id = requestIdOf(incoming.headers['x-request-id']?.toString())
    incoming.headers['x-request-id'] = id
    incoming.headers['x-forwarded-for'] = clientAddress(incoming) ?? undefined
    outgoing.setHeader('x-request-id', id)
    road.next(incoming, outgoing)
  }

  return {
    server,
    drain(timeoutMs) {
      isDraining = true
      return closeServer(server, timeoutMs)
    },
  }
}

const options = {
  maxHeaderSize: maxHeaderBytes,
  headersTimeout: headersTimeoutMs,
  requestTimeout: requestTimeoutMs,
  keepAliveTimeout: keepAliveTimeoutMs,
  connectionsCheckingInterval: 5_000,
  // Node's own refusal of a missing Host has no JSON body; `pathOf` refuses it.
  requireHostHeader: false,
}

/** The path as sent, null when the request names none or its host is missing. */
function pathOf(incoming: IncomingMessage): string | null {
  const { url = '', headers, httpVersion } = incoming
  if (headers.host === undefined && httpVersion === '1.1') return null
  const target = url.startsWith('/') ? url : absolutePathOf(url)
  const end = target?.indexOf('?') ?? -1
  return end === -1 ? target : (target?.slice(0, end) ?? null)
}

/** Proxies are sent the whole URL; nobody else has a reason to. */
function absolutePathOf(url: string): string | null {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).pathname : null
}

function isAuthPath(path: string): boolean {
  return path.startsWith('/api/auth/') && isPlainPath(path)
}

/** `.` and `..` between slashes, as they are or encoded; backslashes count as slashes to some. */
const dotSegment = /[/\\](?:\.|%2e){1,2}(?=[/\\]|$)/i

/** Tells whether Next would take the path as it is, without redirecting or refusing it in its own, not JSON, words. */
function isPlainPath(path: string): boolean {
  if (dotSegment.test(path) || !/^(?:\/[^/\\]+){2,}\/?$/.test(path)) return false
  try {
    return !decodeURIComponent(path).includes('\0')
  } catch {
    return false
  }
}

function refuse(outgoing: ServerResponse, error: AppError): void {
  const id = requestIdOf(null)
  const reply = replyOfFailure(error, { id, method: '', path: '' })
  void writeReply({ ...reply, headers: { ...reply.headers, 'x-request-id': id, connection: 'close' } }, outgoing)
}

async function closeServer(server: Server, timeoutMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Kept-alive connections become idle one by one, as their answers go out.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), timeoutMs)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}
