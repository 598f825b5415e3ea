import 'server-only'
import { randomUUID } from 'node:crypto'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type CallToolResult,
} from '@modelcontextprotocol/sdk/types.js'
import { version } from '../../package.json'
import { isCrossSite } from '../auth/cross-site'
import type { Call, CallRequest } from '../contract/endpoint'
import { AppError, isAppError } from '../contract/errors'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import { toolOutcomeSchema, type ToolOutcome, type ToolPage } from '../contract/mcp'
import { parseJson } from '../contract/parse-json'
import type { Principal } from '../contract/principal'
import { eventHeartbeatMs, maxApiBodyBytes } from '../limits'
import { replyOfFailure } from './failure'
import { decodeUtf8, isJsonType } from './read-body'
import { Reply } from './reply'
import { eventStreamHeaders } from './sse'

/** What is offered to MCP clients. */
export interface McpOffer {
  list(cursor: string | null): Promise<ToolPage>
  call(call: {
    principal: Principal
    name: string
    input: JsonObject
    request: CallRequest
    signal: AbortSignal
  }): Promise<ToolOutcome>
}

type McpCall = Call<object, object, null>

/** Puts tools on the wire as an MCP server. Every POST stands alone and is answered as an event stream: there is no
 *  session to lose, in this process or another. The session id a client is given only tells its calls from others', so
 *  that its `notifications/cancelled` ends the right one; a client that leaves ends its call too.
 *  Source: Model Context Protocol 2025-11-25, "Transports", "Cancellation" and "Tools". */
export function createMcpHandler(offer: McpOffer): (call: McpCall) => Promise<Reply> {
  const endings = new Map<string, () => void>()
  return async (call) => {
    const { body, messages } = await readMessages(call)
    for (const { method, params } of messages)
      if (method === 'notifications/cancelled' && isJsonObject(params))
        endings.get(keyOf(call, params['requestId']) ?? '')?.()
    const server = serverFor(call, offer)
    const transport = new WebStandardStreamableHTTPServerTransport({ keepAliveMs: eventHeartbeatMs })
    await server.connect(transport)
    const keys = messages.flatMap(({ method, id }) => (method === 'tools/call' ? (keyOf(call, id) ?? []) : []))
    const end = () => {
      for (const key of keys) if (endings.get(key) === end) endings.delete(key)
      void server.close()
    }
    for (const key of keys) endings.set(key, end)
    const response = await transport.handleRequest(plainRequest(call.request), { parsedBody: body })
    if (!response.ok || !response.body) end()
    if (!response.ok) throw new AppError('VALIDATION_ERROR', await messageOf(response))
    const headers = messages.some(({ method }) => method === 'initialize') ? { [sessionHeader]: randomUUID() } : {}
    if (!response.body) return new Reply(response.status, headers, null)
    return new Reply(response.status, { ...eventStreamHeaders, ...headers }, untilRead(response.body, end))
  }
}

const sessionHeader = 'mcp-session-id'

/** The messages of a POST. @throws FORBIDDEN when they come from another site's page, or call a tool without the scope
 *  for it; what reading a JSON body throws. */
async function readMessages({ request, principal }: McpCall): Promise<{ body: Json; messages: JsonObject[] }> {
  // Whoever holds a key is asked too: a page that got hold of one must not use it from a browser inside the network.
  if (isCrossSite(request)) throw new AppError('FORBIDDEN', 'MCP is not served to pages of another site')
  const contentType = request.headers.get('content-type') ?? ''
  if (!isJsonType(contentType))
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'MCP messages are sent as application/json')
  const body = parseJson(decodeUtf8(await request.readBytes(maxApiBodyBytes)))
  const messages = (Array.isArray(body) ? body : [body]).filter(isJsonObject)
  if (messages.some(({ method }) => method === 'tools/call') && !principal.scopes.includes('run'))
    throw new AppError('FORBIDDEN', `Calling a tool needs the scope "run"; yours: ${principal.scopes.join(', ')}`)
  return { body, messages }
}

function serverFor(call: McpCall, offer: McpOffer): McpServer {
  const mcp = new McpServer(
    { name: 'sluice', title: 'Sluice', version },
    {
      capabilities: { tools: {} },
      instructions: 'Each tool runs a deployed workflow and answers with its output. A run that fails is an error.',
    },
  )
  // Tools by JSON schema, made anew for each list: what the class offers for fixed tools with zod schemas is not used.
  mcp.server.setRequestHandler(ListToolsRequestSchema, async ({ params }) => {
    const { tools, next_cursor } = await told(call, () => offer.list(params?.cursor ?? null))
    return {
      tools: tools.map(({ name, title, description, input_schema }) => ({
        name,
        title,
        description,
        inputSchema: { ...input_schema, type: 'object' as const },
        outputSchema: toolOutcomeSchema,
      })),
      ...(next_cursor !== null && { nextCursor: next_cursor }),
    }
  })
  mcp.server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    // Parsed from JSON.
    const input = (params.arguments ?? {}) as JsonObject
    const { principal, request } = call
    return resultOf(await told(call, () => offer.call({ principal, name: params.name, input, request, signal })))
  })
  return mcp
}

/** The outcome as data, and as text for models that read nothing else. */
function resultOf(outcome: ToolOutcome): CallToolResult {
  return {
    content: [{ type: 'text', text: textOf(outcome) }],
    structuredContent: { ...outcome },
    isError: outcome.status !== 'completed',
  }
}

function textOf(outcome: ToolOutcome): string {
  if (outcome.status === 'completed')
    return typeof outcome.output === 'string' ? outcome.output : JSON.stringify(outcome.output)
  return outcome.execution_id === null ? outcome.error : `${outcome.error} (execution ${outcome.execution_id})`
}

/** Failures as the protocol has them; of what is our own fault the client learns no more than over the rest of the API. */
async function told<T>({ request }: McpCall, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isAppError(error)) throw new McpError(ErrorCode.InvalidParams, error.message)
    replyOfFailure(error, { id: request.id, method: request.method, path: request.url.pathname })
    throw new McpError(ErrorCode.InternalError, `Something went wrong; the log has it under request ${request.id}`)
  }
}

/** Which call of which client of which caller; null when the client has no session, and so no name of its own. */
function keyOf({ request, principal }: McpCall, requestId: Json | undefined): string | null {
  const session = request.headers.get(sessionHeader)
  if (session === null || requestId === undefined) return null
  return JSON.stringify([principal.userId, principal.keyId, session, requestId])
}

/** The answer is always an event stream; clients that take anything (`*\/*`) take that too. */
function plainRequest({ url, headers }: CallRequest): Request {
  const accept = headers.get('accept')
  if (accept !== null && !/text\/(event-stream|\*)|\*\/\*/i.test(accept))
    throw new AppError('VALIDATION_ERROR', 'Accept must list application/json and text/event-stream')
  const protocolVersion = headers.get('mcp-protocol-version')
  return new Request(url, {
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...(protocolVersion !== null && { 'mcp-protocol-version': protocolVersion }),
    },
  })
}

async function messageOf(response: Response): Promise<string> {
  // The SDK refuses in JSON-RPC.
  const { error } = (await response.json()) as { error?: { message?: string } }
  return error?.message ?? 'This is no message of the Model Context Protocol'
}

/** The same bytes; `end` is called when they end, and when their reader leaves. */
function untilRead(source: ReadableStream<Uint8Array>, end: () => void): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  return new ReadableStream({
    async pull(controller) {
      const next = await reader.read()
      if (!next.done) return controller.enqueue(next.value)
      end()
      controller.close()
    },
    cancel(reason) {
      end()
      return reader.cancel(reason)
    },
  })
}
