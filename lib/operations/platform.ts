import 'server-only'
import { randomUUID } from 'node:crypto'
import type { PlatformOperation } from './platform-offers'
import { platformOperations } from './platform-operations'
import { BlockError, type PlatformCall } from '../blocks/contract'
import { isAnswer, type CallRequest } from '../contract/endpoint'
import { isAppError, statusOfCode } from '../contract/errors'
import type { Json, JsonObject } from '../contract/json'
import { traceHeaders } from '../contract/trace-context'
import type { PlatformCaller } from '../engine/running-execution'
import { maxPlatformDepth } from '../limits'

/** Carries out a platform_api block's call with its execution's rights, in process: the same operations, scopes and
 *  checks as over HTTP, no URL in between. An operation's refusal is a result with its status, as HTTP would give it.
 *  @throws BlockError for an unknown resource or operation, and at the recursion limit. */
export async function callPlatform(
  call: PlatformCall,
  caller: PlatformCaller,
): Promise<{ output: Json; statusCode: number }> {
  if (caller.depth > maxPlatformDepth)
    throw new BlockError(`platform calls are nested deeper than ${maxPlatformDepth} executions`)
  const operation = findOperation(call)
  try {
    const result = await perform(operation, call, caller)
    if (!isAnswer(result)) return { output: toJson(result), statusCode: operation.endpoint.status }
    return { output: 'json' in result.body ? toJson(result.body.json) : null, statusCode: result.status }
  } catch (error) {
    if (!isAppError(error)) throw error
    const output = { error: error.message, error_code: error.code, ...error.details }
    return { output: toJson(output), statusCode: statusOfCode[error.code] }
  }
}

function findOperation(call: PlatformCall): PlatformOperation {
  const resource = Object.hasOwn(platformOperations, call.resource) ? platformOperations[call.resource] : undefined
  if (!resource) {
    const known = Object.keys(platformOperations).join(', ')
    throw new BlockError(`resource "${call.resource}" is not available; available: ${known}`)
  }
  const operation = Object.hasOwn(resource, call.operation) ? resource[call.operation] : undefined
  if (!operation) {
    const known = Object.keys(resource).join(', ')
    throw new BlockError(`resource "${call.resource}" has no operation "${call.operation}"; it has: ${known}`)
  }
  return operation
}

async function perform(operation: PlatformOperation, call: PlatformCall, caller: PlatformCaller): Promise<unknown> {
  const { endpoint } = operation
  const { scope } = endpoint
  if (scope !== null && !caller.principal.scopes.includes(scope))
    throw new BlockError(`the owner of this execution may not do that: it needs the scope "${scope}"`)
  return operation.run({
    principal: caller.principal,
    params: parseIds(endpoint.params, await operation.paramsOf(call)),
    query: parse(endpoint.query, textsOf(call.params), 'params'),
    body: endpoint.body ? parse(endpoint.body, (await operation.bodyOf?.(call)) ?? call.body, 'body') : undefined,
    request: inProcessRequest(caller),
    depth: caller.depth,
  })
}

function parse(schema: PlatformOperation['endpoint']['params'], value: unknown, field: string): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new BlockError(`config.${[field, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'is not valid'}`)
}

/** Both ids of an execution are the block's business under one name. */
function parseIds(schema: PlatformOperation['endpoint']['params'], ids: Record<string, unknown>): unknown {
  const parsed = schema.safeParse(ids)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new BlockError(`config.resource_id: ${issue?.message ?? 'is not valid'}`)
}

/** Query parameters arrive as text over HTTP, so the schemas read text. */
function textsOf(params: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

function inProcessRequest({ signal, trace }: PlatformCaller): CallRequest {
  return {
    id: randomUUID(),
    method: 'POST',
    url: new URL('sluice:platform'),
    headers: new Headers(traceHeaders(trace ?? null)),
    signal,
    remoteAddress: null,
    readBytes: () => Promise.resolve(new Uint8Array()),
  }
}

/** What an operation returns is what HTTP would send: dates as text, absent keys left out. */
function toJson(value: unknown): Json {
  // JSON.parse of JSON text is JSON.
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json)
}
