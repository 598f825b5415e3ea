import type { JsonSchema } from '@/lib/contract/api-schema'

/** A field as a row of a table: where it lies, what it takes. */
export interface Field {
  /** Dotted; `[]` stands for each item of a list. */
  path: string
  type: string
  isRequired: boolean
  /** Limits and default, in words; empty where there is none. */
  rules: string
}

/** The fields of an object, those of objects within it after it. */
export function fieldsOf(schema: JsonSchema, before = '', depth = 0): Field[] {
  const { properties = {}, required = [] } = schema
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${before}${name}`
    const own = { path, type: typeOf(field), isRequired: required.includes(name), rules: rulesOf(field) }
    const inner = withFields(field)
    if (!inner || depth >= maxDepth) return [own]
    return [own, ...fieldsOf(inner.schema, `${path}${inner.isList ? '[]' : ''}.`, depth + 1)]
  })
}

const maxDepth = 2

/** What a schema takes, in a word or a few. */
export function typeOf(schema: JsonSchema): string {
  const { type, items, anyOf, oneOf, format } = schema
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const choices = anyOf ?? oneOf
  if (choices) return [...new Set(choices.map(typeOf))].join(' or ')
  if (type === 'array') return items ? `list of ${typeOf(items)}` : 'list'
  if (Array.isArray(type)) return type.map((one) => typeOf({ type: one })).join(' or ')
  if (type === 'string') return format === 'uuid' ? 'UUID' : 'text'
  if (type === 'integer') return 'whole number'
  return type ?? 'any JSON'
}

/** Limits and default, in words. */
export function rulesOf(schema: JsonSchema): string {
  const { minimum, maximum, minLength, maxLength, maxItems } = whole(schema)
  const rules = [
    minLength === 1 && 'not empty',
    minLength !== undefined && minLength > 1 && `at least ${minLength} characters`,
    maxLength !== undefined && `${maxLength.toLocaleString('en')} characters at most`,
    minimum !== undefined && Number.isSafeInteger(minimum) && minimum > Number.MIN_SAFE_INTEGER && `from ${minimum}`,
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && `up to ${maximum.toLocaleString('en')}`,
    maxItems !== undefined && `${maxItems.toLocaleString('en')} at most`,
    schema.default !== undefined && `default ${JSON.stringify(schema.default)}`,
    schema.description,
  ]
  return rules.filter((rule) => typeof rule === 'string').join(', ')
}

/** What may be null is described by what else it may be. */
function whole(schema: JsonSchema): JsonSchema {
  const choices = schema.anyOf?.filter(({ type }) => type !== 'null') ?? []
  return (choices.length === 1 && choices[0]) || schema
}

function withFields(field: JsonSchema): { schema: JsonSchema; isList: boolean } | null {
  const schema = whole(field)
  if (schema.type === 'array') return schema.items?.properties ? { schema: schema.items, isList: true } : null
  return schema.properties ? { schema, isList: false } : null
}
