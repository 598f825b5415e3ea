import 'server-only'
import type { JsonObject } from '../../contract/json'
import { evaluateCondition } from '../../graph/condition'
import type { Runner } from '../contract'
import type { condition } from './definition'

/** Evaluates the branches in order. A branch that errors counts as false and is a warning in the log. */
export const run: Runner<typeof condition> = (config, context) => {
  // Parsed from JSON: unknown keys hold JSON too.
  const { data, warnings } = evaluateCondition(config as JsonObject, context.scope)
  for (const warning of warnings) context.warn(warning)
  return data
}
