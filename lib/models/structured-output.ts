import { z } from 'zod'
import { BlockError } from '../blocks/contract'
import type { Json, JsonObject } from '../contract/json'
import { parseJson } from '../contract/parse-json'

/** Reads a JSON schema. @throws BlockError naming `what` when it is none. Source: JSON Schema 2020-12. */
export function parseSchema(schema: JsonObject, what: string): z.ZodType {
  try {
    return z.fromJSONSchema(schema)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new BlockError(`${what} is not a JSON schema that can be checked: ${why}`, { cause })
  }
}

/** Reads a model's answer as the value its schema asks for. Some models put a fence around their JSON.
 *  @throws BlockError saying where it does not fit. */
export function readStructured(text: string, schema: JsonObject): Json {
  const check = parseSchema(schema, 'output_schema')
  const value = parseAnswer(text.trim().replace(/^```(?:json)?\s*([\s\S]*?)\s*```$/, '$1'))
  const parsed = check.safeParse(value)
  if (parsed.success) return value
  const [issue] = parsed.error.issues
  const place = issue?.path.length ? ` at ${issue.path.join('.')}` : ''
  throw new BlockError(`The model's answer does not fit output_schema${place}: ${issue?.message ?? 'wrong type'}`)
}

function parseAnswer(text: string): Json {
  try {
    return parseJson(text, 'answer')
  } catch (cause) {
    throw new BlockError('The model did not answer with JSON, which output_schema asks for', { cause })
  }
}
