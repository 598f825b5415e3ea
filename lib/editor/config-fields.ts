import { z } from 'zod'
import type { BlockDefinition } from '../blocks/contract'
import type { FieldMeta } from '../contract/field-meta'
import type { JsonObject } from '../contract/json'

/** Fields every block understands; they are shown apart from its own. */
const commonKeys = ['on_error', 'retry', 'timeout_ms']

/** A config field as the inspector draws it. */
export interface ConfigField extends FieldMeta {
  key: string
  /** What each row of a table holds; null for names and values, and for everything that is no table. */
  rowKeys: readonly string[] | null
  /** One of the fields every block has. */
  isCommon: boolean
}

const metaSchema = z.custom<FieldMeta>((value) => typeof value === 'object' && value !== null && 'control' in value)
const fieldsOf = new WeakMap<BlockDefinition, readonly ConfigField[]>()

/** The fields of a block type, in the order of its schema; those every block has come last. */
export function configFields(definition: BlockDefinition): readonly ConfigField[] {
  const known = fieldsOf.get(definition)
  if (known) return known
  const shape = definition.config instanceof z.ZodObject ? definition.config.shape : {}
  const fields = Object.entries(shape).flatMap(([key, schema]): ConfigField[] => {
    const meta = schema instanceof z.ZodType ? metaSchema.safeParse(schema.meta()) : null
    if (!meta?.success || !(schema instanceof z.ZodType)) return []
    return [{ ...meta.data, key, rowKeys: rowKeysOf(schema), isCommon: commonKeys.includes(key) }]
  })
  const ordered = [...fields.filter(({ isCommon }) => !isCommon), ...fields.filter(({ isCommon }) => isCommon)]
  fieldsOf.set(definition, ordered)
  return ordered
}

/** Tells whether a field matters for a config. */
export function isShown({ shownIf }: ConfigField, config: JsonObject): boolean {
  return shownIf?.(config) ?? true
}

function rowKeysOf(schema: z.ZodType): readonly string[] | null {
  let inner: unknown = schema
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) inner = inner.unwrap()
  if (!(inner instanceof z.ZodArray) || !(inner.element instanceof z.ZodObject)) return null
  return Object.keys(inner.element.shape)
}
