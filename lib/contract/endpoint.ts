import type { z } from 'zod'
import type { Principal, Scope } from './principal'

/** One HTTP endpoint, declared once: what it needs to be asked, and by whom. */
export interface Endpoint<Params = unknown, Query = unknown, Body = unknown> {
  /** The scope a caller needs; null opens the endpoint to everyone. */
  scope: Scope | null
  /** Path parameters. Ids are checked by `idParams`: a non-UUID is a 404. */
  params: z.ZodType<Params>
  query: z.ZodType<Query>
  /** Null when the endpoint reads no JSON body (or reads the raw bytes itself). */
  body: z.ZodType<Body> | null
  maxBodyBytes: number
  /** Status of success; 204 sends no body. */
  status: number
}

/** What an operation is called with. */
export interface Call<Params = unknown, Query = unknown, Body = unknown> {
  principal: Principal
  params: Params
  query: Query
  body: Body
  request: CallRequest
}

/** The request itself, for the few operations that need more than parsed values. */
export interface CallRequest {
  id: string
  method: string
  url: URL
  headers: Headers
  /** Aborts when the client has gone. */
  signal: AbortSignal
  /** Address of the peer, null when unknown. */
  remoteAddress: string | null
  /** Reads the raw body once. @throws PAYLOAD_TOO_LARGE when it is over `maxBytes`. */
  readBytes(maxBytes: number): Promise<Uint8Array>
}

/** A success that needs its own status or headers. Operations return it in place of a plain value. */
export class Answer {
  readonly name = 'Answer'
  constructor(
    readonly status: number,
    /** A JSON value, or bytes/text to send as they are. */
    readonly body: { json: unknown } | { bytes: Uint8Array | string },
    readonly headers: Record<string, string> = {},
  ) {}
}

/** Recognises an Answer across bundles. */
export function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === 'Answer' && 'status' in value
}
