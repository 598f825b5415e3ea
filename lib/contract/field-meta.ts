import type { JsonObject } from './json'

/** The controls the inspector knows. */
export type Control = 'text' | 'textarea' | 'code' | 'json' | 'number' | 'select' | 'switch' | 'table'

/** What a text field may name by its id: things with a name that the API lists under this path. */
export type ResourceName = 'agents' | 'orchestrations' | 'workflows'

/** How a config field is shown: zod metadata. `options` (of a config) belong to `select`, and `words` say how one is called that
 *  has to be written otherwise; `columns` belong to a `table` of `{cells}` rows; a `text` field with a `resource` holds the
 *  id of one, or a reference to it. */
export interface FieldMeta {
  title: string
  control: Control
  help?: string
  required?: boolean
  options?: readonly string[] | ((config: JsonObject) => readonly string[])
  words?: Readonly<Record<string, string>>
  columns?: readonly string[]
  resource?: (config: JsonObject) => ResourceName | null
  shownIf?: (config: JsonObject) => boolean
}
