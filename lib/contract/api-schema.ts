import { z } from 'zod'

/** A JSON schema (2020-12), as far as documents of ours have it. */
export interface JsonSchema {
  type?: string | string[]
  description?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  maxItems?: number
}

/** What a schema of ours takes, as JSON schema: what a caller sends, before defaults and conversions. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...json } = z.toJSONSchema(withoutPreprocessing(schema), {
    io: 'input',
    unrepresentable: 'any',
  })
  // A JSON schema is what the function makes.
  return json as JsonSchema
}

/** What runs before a schema takes anything; the schema behind it says what it wants. */
function withoutPreprocessing(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodPipe) || !(schema.in instanceof z.ZodTransform)) return schema
  // `preprocess` is a pipe from a transform into a schema.
  return schema.out as z.ZodType
}
