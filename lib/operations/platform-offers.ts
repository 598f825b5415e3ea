import 'server-only'
import type { PlatformCall } from '../blocks/contract'
import type { Call, Endpoint } from '../contract/endpoint'
import type { Json, JsonObject } from '../contract/json'

/** A call from inside an execution: `depth` counts the executions above. */
export type PlatformOperationCall = Call & { depth: number }

type Ids = Record<string, unknown>

/** An operation that a platform_api block can name: the endpoint says what it takes and who may. */
export interface PlatformOperation {
  endpoint: Endpoint
  /** Where the call's ids go. */
  paramsOf(call: PlatformCall): Ids | Promise<Ids>
  /** The body, where it is not the call's own. */
  bodyOf?: ((call: PlatformCall) => JsonObject | Promise<JsonObject>) | undefined
  run(call: PlatformOperationCall): Promise<unknown>
}

/** The operations of one resource by name. */
export type PlatformResource = Record<string, PlatformOperation>

/** Offers an operation to blocks. */
export function offer<Params, Query, Body>(
  endpoint: Endpoint<Params, Query, Body>,
  run: (call: Call<Params, Query, Body> & { depth: number }) => unknown,
  paramsOf: PlatformOperation['paramsOf'],
  bodyOf?: PlatformOperation['bodyOf'],
): PlatformOperation {
  // `callPlatform` parses params, query and body with this very endpoint before it calls `run`.
  return { endpoint, paramsOf, bodyOf, run: async (call) => run(call as never) }
}

/** Of operations that are about nothing in particular. */
export function noId(): Ids {
  return {}
}

/** The block's id, else what params or body name so; never what is not there. */
export function idOf(call: PlatformCall, ...names: string[]): Json {
  return call.resourceId ?? named(call, ...names)
}

/** What params or body name so, else the block's id: of operations on the parts of something. */
export function parentIdOf(call: PlatformCall, ...names: string[]): Json {
  return named(call, ...names) || (call.resourceId ?? '')
}

/** The first of the names that params or body fill; "" when none does. */
export function named({ params, body }: PlatformCall, ...names: string[]): Json {
  for (const name of names)
    for (const part of [params, body]) if (Object.hasOwn(part, name) && part[name] !== null) return part[name] ?? ''
  return ''
}

/** The call as made by someone who may only read: what a block reads ends up in logs that everyone may see, so it sees
 *  no credentials. */
export function asReader<SomeCall extends Call>(call: SomeCall): SomeCall {
  return { ...call, principal: { ...call.principal, scopes: ['read'] } }
}
