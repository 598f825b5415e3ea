import 'server-only'
import { z } from 'zod'
import type { StartRequest } from './start-request'
import { testRunSchema } from './test-run'
import { isJsonObject, type JsonObject } from '../contract/json'
import { scopeSchema } from '../contract/principal'
import { traceContextSchema } from '../contract/trace-context'

const jsonObject = z.custom<JsonObject>(isJsonObject)

/** What a process needs to run an execution besides its row and its graph. Kept with the row as JSON text. */
export const runContextSchema = z.object({
  principal: z.object({
    kind: z.enum(['session', 'api_key', 'webhook', 'schedule']),
    keyId: z.string().nullable(),
    scopes: z.array(scopeSchema),
  }),
  timeoutMs: z.number(),
  request: jsonObject.nullable(),
  variables: jsonObject,
  caller: traceContextSchema.nullish(),
  test: testRunSchema.nullish(),
})
export type RunContext = z.infer<typeof runContextSchema>

/** Takes from a request what its row does not hold. */
export function contextOf(
  request: Pick<StartRequest, 'principal' | 'timeoutMs' | 'request' | 'variables' | 'caller' | 'test'>,
): RunContext {
  const { kind, keyId, scopes } = request.principal
  return {
    principal: { kind, keyId, scopes: [...scopes] },
    timeoutMs: request.timeoutMs,
    request: request.request,
    variables: request.variables,
    ...(request.caller && { caller: request.caller }),
    ...(request.test && { test: request.test }),
  }
}
