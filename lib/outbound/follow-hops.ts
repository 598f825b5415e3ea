import 'server-only'
import { lookup as resolve } from 'node:dns/promises'
import { Agent, type Dispatcher } from 'undici'
import { BlockError, type OutboundRequest } from '../blocks/contract'
import { maxRedirects } from '../limits'
import { createAllowList } from './allow-list'
import { createGuardedConnector, type Lookup } from './guarded-connector'
import { headersForOtherOrigin, headersWithoutBody, prepareHeaders } from './outbound-headers'
import { parseOutboundUrl } from './outbound-url'

/** What every guarded door is opened with. `lookup` is the system's resolver unless given. */
export interface GuardOptions {
  allowPrivateHosts: readonly string[]
  lookup?: Lookup
}

/** One request of a call; each redirect makes the next. */
export interface Hop {
  url: URL
  method: string
  headers: Record<string, string>
  body: string | undefined
}

/** Connections that go to checked addresses only. Time is bounded by whoever calls. */
export function createGuardedAgent(options: GuardOptions): Agent {
  const lookup = options.lookup ?? ((hostname: string) => resolve(hostname, { all: true, verbatim: true }))
  return new Agent({
    connect: createGuardedConnector(createAllowList(options.allowPrivateHosts), lookup),
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}

/** Reads the first request of a call. @throws BlockError for a method, address or header that is refused. */
export function firstHop(request: Pick<OutboundRequest, 'url' | 'method' | 'headers' | 'body'>): Hop {
  const method = request.method.toUpperCase()
  if (!/^[!#$%&'*+.^_`|~0-9A-Z-]+$/.test(method) || ['CONNECT', 'TRACE', 'TRACK'].includes(method))
    throw new BlockError(`Refused: the method ${JSON.stringify(request.method)} is not supported`)
  return { url: parseOutboundUrl(request.url), method, headers: prepareHeaders(request.headers), body: request.body }
}

/** Sends a request and follows its redirects, each checked like the first. The body of the answer is not read yet.
 *  @throws BlockError past `maxRedirects`. */
export async function followHops(
  agent: Agent,
  first: Hop,
  signal: AbortSignal,
): Promise<{ hop: Hop; response: Dispatcher.ResponseData }> {
  let hop = first
  for (let redirects = 0; ; redirects++) {
    const response = await send(agent, hop, signal)
    const location = redirectOf(response.statusCode, response.headers)
    if (location === null) return { hop, response }
    // Not read: a redirect's body can be endless.
    response.body.on('error', () => undefined).destroy()
    if (redirects === maxRedirects) throw new BlockError(`Refused: more than ${maxRedirects} redirects`)
    hop = nextHop(hop, response.statusCode, location)
  }
}

/** Headers of an answer by lower-case name; several values joined with ", ". */
export function joinHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}

function send(agent: Agent, hop: Hop, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  return agent.request({
    origin: hop.url.origin,
    path: hop.url.pathname + hop.url.search,
    method: hop.method,
    headers: hop.headers,
    body: hop.body ?? null,
    signal,
  })
}

function redirectOf(status: number, headers: Dispatcher.ResponseData['headers']): string | null {
  const { location } = headers
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return null
  return Array.isArray(location) ? (location[0] ?? null) : location
}

/** Source: Fetch Standard, HTTP-redirect fetch. */
function nextHop(hop: Hop, status: number, location: string): Hop {
  const url = parseOutboundUrl(location, hop.url)
  const headers = url.origin === hop.url.origin ? hop.headers : headersForOtherOrigin(hop.headers)
  const becomesGet = status === 303 ? !['GET', 'HEAD'].includes(hop.method) : status <= 302 && hop.method === 'POST'
  return becomesGet
    ? { url, method: 'GET', headers: headersWithoutBody(headers), body: undefined }
    : { ...hop, url, headers }
}
