import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { AppError } from '@/lib/contract/errors'
import { replyOfFailure } from '@/lib/http/failure'
import { methodNotAllowed, offeredMethods, unknownPath } from '@/lib/http/methods'
import { toResponse } from '@/lib/http/reply'
import { requestIdOf } from '@/lib/http/request-id'
import type { RouteHandler } from '@/lib/http/route'
import { clientAddress } from './client-address'
import type { RouteMatch } from './router'
import { writeReply } from './write-reply'

/** Answers one API request by its route; null is a path that no route has. */
export type ApiListener = (incoming: IncomingMessage, outgoing: ServerResponse, match: RouteMatch | null) => void

/** The fast road: the handlers of `app/api`, called with a light web `Request` and written straight to the socket.
 *  Through Next's own road the same handler answers a small fraction of the requests per second. */
export function createApiListener(): ApiListener {
  const matches = new WeakMap<IncomingMessage, RouteMatch>()
  const listen = getRequestListener(
    async (request, { incoming, outgoing }) => {
      // True because `listen` is only given what node:http made.
      const [from, to] = [incoming as IncomingMessage, outgoing as ServerResponse]
      const match = matches.get(from)
      const handler = match ? handlerOf(match, request.method) : unknownPath
      await answer(handler, request, { from, to, params: match?.params ?? {} })
      return RESPONSE_ALREADY_SENT
    },
    { overrideGlobalObjects: false, hostname: 'localhost', errorHandler: refuseRequest },
  )
  return (incoming, outgoing, match) => {
    if (match) matches.set(incoming, match)
    void listen(incoming, outgoing)
  }
}

async function answer(
  handler: RouteHandler,
  request: Request,
  { from, to, params }: { from: IncomingMessage; to: ServerResponse; params: RouteMatch['params'] },
): Promise<void> {
  const reply = await handler.reply(request, params, clientAddress(from))
  try {
    await writeReply(reply, to)
  } catch (error) {
    // A header value that HTTP cannot carry, for one. Nothing has been sent: say so in JSON.
    if (to.headersSent) throw error
    const id = reply.headers['x-request-id'] ?? requestIdOf(null)
    const failure = replyOfFailure(error, { id, method: request.method, path: '' })
    failure.headers['x-request-id'] = id
    await writeReply(failure, to)
  }
}

function handlerOf({ module }: RouteMatch, method: string): RouteHandler {
  const exported = Object.hasOwn(module, method) ? module[method] : method === 'HEAD' ? module['GET'] : undefined
  return exported ?? methodNotAllowed(offeredMethods(module))
}

/** What cannot even become a `Request`: an impossible path or host. */
function refuseRequest(error: unknown): Response {
  const id = requestIdOf(null)
  const text = error instanceof Error ? error.message : 'not valid'
  const reply = replyOfFailure(new AppError('VALIDATION_ERROR', `Request line or host: ${text}`), {
    id,
    method: '',
    path: '',
  })
  reply.headers['x-request-id'] = id
  return toResponse(reply)
}
