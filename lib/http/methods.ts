import 'server-only'
import { AppError } from '../contract/errors'
import { refusal, type RouteHandler } from './route'

const methodNames = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
export type MethodName = (typeof methodNames)[number]

// Marked, so that the listener can tell what a route really offers.
const refusals = new WeakSet<RouteHandler>()

/** Every method of a route: the given ones, and for the others a handler that answers 405 with `Allow` (after the
 *  caller is known: a stranger gets 401, except on an open path). HEAD is GET without its body. */
export function methods(offered: Partial<Record<MethodName, RouteHandler>>): Record<MethodName, RouteHandler> {
  const all: Partial<Record<MethodName, RouteHandler>> = { ...offered }
  if (offered.GET) all.HEAD ??= offered.GET
  const refuse = methodNotAllowed(methodNames.filter((name) => all[name]))
  return Object.fromEntries(methodNames.map((name) => [name, all[name] ?? refuse])) as Record<MethodName, RouteHandler>
}

/** The handler for a method a route does not offer. `allow` lists those it does. */
export function methodNotAllowed(allow: readonly string[]): RouteHandler {
  const allowed = allow.join(', ')
  const handler = refusal(
    ({ method }) => new AppError('METHOD_NOT_ALLOWED', `${method} is not offered here; allowed: ${allowed}`),
    { allow: allowed },
  )
  refusals.add(handler)
  return handler
}

/** The methods a route module really offers. */
export function offeredMethods(exported: Partial<Record<string, RouteHandler>>): string[] {
  return methodNames.filter((name) => {
    const handler = exported[name]
    return handler !== undefined && !refusals.has(handler)
  })
}

/** The handler for a path under `/api` that no route has: 404 for a known caller, 401 for a stranger (an open path
 *  such as `/api/webhooks/…` is 404 for both). */
export const unknownPath: RouteHandler = refusal(
  ({ method, url }) => new AppError('NOT_FOUND', `No such route: ${method} ${url.pathname}`),
)
