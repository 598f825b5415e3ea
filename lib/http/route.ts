import 'server-only'
import type { z } from 'zod'
import { authenticate } from '../auth/authenticate'
import { isAnswer, type Call, type CallRequest, type Endpoint } from '../contract/endpoint'
import { AppError } from '../contract/errors'
import type { Principal } from '../contract/principal'
import { streamRightsCheckMs } from '../limits'
import { loggablePath } from '../log'
import { replyOfFailure } from './failure'
import { readBytes, readJsonObject } from './read-body'
import { jsonReply, Reply, replyOfAnswer, toResponse } from './reply'
import { requestIdOf } from './request-id'
import { whileAllowed } from './while-allowed'

/** What Next hands a route handler beside the request. */
export interface RouteContext {
  /** Next resolves it to undefined for a path without parameters. */
  params: Promise<PathParams | undefined>
}

/** A route handler as Next calls it. `server/` calls `reply` instead: the same work without building a `Response`. */
export interface RouteHandler {
  (request: Request, context: RouteContext): Promise<Response>
  reply(request: Request, params: RouteContext['params'] | PathParams, remoteAddress?: string | null): Promise<Reply>
  /** What it was made of; absent where nothing is offered. */
  endpoint?: Endpoint
  /** Its operation's name; empty where the operation has none. */
  operation?: string
}
type PathParams = Record<string, string | string[]>

/** Puts an operation on the wire. In order: who asks (401), may they (403), path (404), query and body (400, 413, 415),
 *  the operation. A plain result becomes JSON with the endpoint's status; an `Answer` or `Reply` goes out as it is. */
export function route<Params, Query, Body>(
  endpoint: Endpoint<Params, Query, Body>,
  operation: (call: Call<Params, Query, Body>) => unknown,
): RouteHandler {
  const handler = handlerOf(async (request) => {
    const principal = await authorise(request.web, endpoint.scope)
    const params = parseParams(endpoint.params, (await request.params) ?? {}, request.web.url)
    const query = parsePart(endpoint.query, queryOf(request.web.url), 'Query')
    const body = endpoint.body
      ? parsePart(endpoint.body, await readJsonObject(request.web, endpoint.maxBodyBytes), 'Body')
      : // True because an endpoint without a body schema has null for its Body.
        (null as Body)
    const result = await operation({ principal, params, query, body, request })
    return withRights(replyOfResult(result, endpoint.status), request.web, endpoint.scope)
  })
  return Object.assign(handler, { endpoint, operation: operation.name })
}

/** A handler that answers every caller who may ask at all with `error`: on an open path everyone, elsewhere who is known. */
export function refusal(
  errorFor: (request: CallRequest) => AppError,
  headers: Record<string, string> = {},
): RouteHandler {
  return handlerOf(async (request) => {
    if (!openPath.test(request.url.pathname)) await authorise(request.web, 'any')
    const reply = replyOfFailure(errorFor(request), { id: request.id, method: request.method, path: '' })
    return new Reply(reply.status, { ...reply.headers, ...headers }, reply.body)
  })
}

// Where nobody is asked for a key, whatever the method. Source: API contract, section 1.
const openPath = /^\/api\/(?:health\/?|(?:auth|webhooks)\/[^/].*)$/

function handlerOf(work: (request: IncomingCall) => Promise<Reply>): RouteHandler {
  const reply: RouteHandler['reply'] = async (web, params, remoteAddress = null) => {
    const request = new IncomingCall(web, params, remoteAddress)
    const answer = await work(request).catch((error: unknown) =>
      replyOfFailure(error, { id: request.id, method: web.method, path: loggablePath(web.url) }),
    )
    answer.headers['x-request-id'] = request.id
    return answer
  }
  return Object.assign(
    async (request: Request, context: RouteContext) => toResponse(await reply(request, context.params)),
    { reply },
  )
}

/** The request as operations see it. URL and signal are made on first use: most calls need neither. */
class IncomingCall implements CallRequest {
  readonly id: string
  #url: URL | undefined

  constructor(
    readonly web: Request,
    readonly params: RouteContext['params'] | PathParams,
    readonly remoteAddress: string | null,
  ) {
    this.id = requestIdOf(web.headers.get('x-request-id'))
  }
  get method(): string {
    return this.web.method
  }
  get url(): URL {
    return (this.#url ??= new URL(this.web.url))
  }
  get headers(): Headers {
    return this.web.headers
  }
  get signal(): AbortSignal {
    return this.web.signal
  }
  readBytes(maxBytes: number): Promise<Uint8Array> {
    return readBytes(this.web, maxBytes)
  }
}

// Who calls an endpoint that is open to everyone. It may do nothing by itself.
const nobody: Principal = { kind: 'webhook', userId: null, keyId: null, scopes: [] }

async function authorise(request: Request, scope: Endpoint['scope'] | 'any'): Promise<Principal> {
  if (scope === null) return nobody
  const principal = await authenticate(request)
  if (!principal) throw new AppError('UNAUTHORIZED', 'Sign in, or send Authorization: Bearer <api key>')
  if (scope !== 'any' && !principal.scopes.includes(scope)) {
    throw new AppError('FORBIDDEN', `This needs the scope "${scope}"; yours: ${principal.scopes.join(', ') || 'none'}`)
  }
  return principal
}

/** A stream outlives the moment its caller was let in: it ends when the key is revoked or the rights are gone. */
function withRights(reply: Reply, { method, url, headers }: Request, scope: Endpoint['scope']): Reply {
  if (scope === null || !(reply.body instanceof ReadableStream)) return reply
  const asking = { method, url, headers: new Headers(headers) }
  const isAllowed = async () => (await authenticate(asking))?.scopes.includes(scope) ?? false
  return new Reply(reply.status, reply.headers, whileAllowed(reply.body, isAllowed, streamRightsCheckMs))
}

function parseParams<T>(schema: z.ZodType<T>, params: PathParams, url: string): T {
  const parsed = schema.safeParse(params)
  if (parsed.success) return parsed.data
  const name = String(parsed.error.issues[0]?.path[0] ?? 'path')
  if (name === 'id' && loggablePath(url).startsWith('/api/workflows/')) {
    throw new AppError('WORKFLOW_NOT_FOUND', `Workflow not found: ${String(params['id'])}`)
  }
  throw new AppError('NOT_FOUND', `Not found: ${name} ${String(params[name] ?? '')}`)
}

function parsePart<T>(schema: z.ZodType<T>, value: unknown, part: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.slice(0, maxIssues).map(({ path, message }) => ({ path: path.join('.'), message }))
  const first = issues[0]
  throw new AppError('VALIDATION_ERROR', `${part}: ${first?.path ? `${first.path}: ` : ''}${first?.message}`, {
    issues,
  })
}

const maxIssues = 100

/** The first value of each name. */
function queryOf(url: string): Record<string, string> {
  const start = url.indexOf('?')
  if (start === -1) return {}
  const values = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(url.slice(start))) if (!values.has(name)) values.set(name, value)
  return Object.fromEntries(values)
}

function replyOfResult(result: unknown, status: number): Reply {
  if (result instanceof Reply) return result
  if (isAnswer(result)) return replyOfAnswer(result)
  if (result === undefined || status === 204) return new Reply(204, {}, null)
  return jsonReply(status, result)
}
