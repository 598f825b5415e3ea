import 'server-only'
import { isJsonObject, type JsonObject } from '../../contract/json'
import { parseJson } from '../../contract/parse-json'
import type { Runner } from '../contract'
import type { starter } from './definition'

/** Hands on the run's variables, laid over the block's defaults. */
export const run: Runner<typeof starter> = (config, context) => ({
  output: { ...readDefaults(config.input), ...context.variables },
})

/** Defaults that are no object, as a value or as JSON text, are none. */
function readDefaults(input: unknown): JsonObject {
  if (isJsonObject(input)) return input
  if (typeof input !== 'string') return {}
  try {
    const parsed = parseJson(input, 'input')
    return isJsonObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}
