import 'server-only'
import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../contract/json'

const jsonObject = z.custom<JsonObject>(isJsonObject)

/** What a test run does otherwise than a live one. Kept with a queued execution as JSON. */
export const testRunSchema = z.object({
  /** Data that stands in for running a block, by block id. */
  pins: z.record(z.string(), jsonObject),
  /** The one block that runs; every other is reused or skipped. Null runs them all. */
  onlyBlock: z.string().nullable(),
  /** Laid over a block's resolved config as it is: no references are read in it. */
  overlay: z.object({ blockId: z.string(), config: jsonObject }).nullable(),
})
export type TestRun = z.infer<typeof testRunSchema>

/** The data that stands in for running a block, or null when it has to run. */
export function pinnedData(test: TestRun | null, blockId: string): JsonObject | null {
  return test && Object.hasOwn(test.pins, blockId) ? (test.pins[blockId] ?? null) : null
}

/** A block's config in a test run. What its caller edited was shown with secrets taken out: a text that still says
 *  `redacted` where the resolved config has one is put back. */
export function configInTest(test: TestRun | null, blockId: string, resolved: JsonObject): JsonObject {
  if (test?.overlay?.blockId !== blockId) return resolved
  const entries = Object.entries(test.overlay.config).map(([key, value]) => [key, unredacted(value, resolved[key])])
  // Values of a JSON object, each replaced by JSON.
  return { ...resolved, ...(Object.fromEntries(entries) as JsonObject) }
}

const redacted = '[redacted]'

function unredacted(edited: unknown, resolved: unknown): unknown {
  if (typeof edited === 'string') return edited.includes(redacted) && typeof resolved === 'string' ? resolved : edited
  if (Array.isArray(edited)) {
    const list: unknown[] = Array.isArray(resolved) ? resolved : []
    return edited.map((item, index) => unredacted(item, list[index]))
  }
  if (!isJsonObject(edited)) return edited
  const object: JsonObject = isJsonObject(resolved) ? resolved : {}
  return Object.fromEntries(Object.entries(edited).map(([key, value]) => [key, unredacted(value, object[key])]))
}
