import type { JsonSchema } from '@/lib/contract/api-schema'
import type { PlacedOperation } from './api-reference'

/** A call ready to paste: the key and the ids are the reader's to fill in. */
export function curlOf({ method, path, operation }: PlacedOperation): string {
  const body = operation.requestBody?.content['application/json']?.schema
  const parts = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "$SLUICE${path.replaceAll('{', '<').replaceAll('}', '>')}"`,
    ...(operation['x-scope'] === null ? [] : ['-H "Authorization: Bearer $KEY"']),
    ...(body
      ? ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(exampleOf(body)).replaceAll("'", "'\\''")}'`]
      : []),
  ]
  return parts.join(' \\\n  ')
}

/** A value a schema takes, as short as it allows: what is required, else the first field. */
function exampleOf(schema: JsonSchema): unknown {
  if (schema.default !== undefined) return schema.default
  if (schema.enum) return schema.enum[0]
  if (schema.const !== undefined) return schema.const
  const [choice] = schema.anyOf ?? schema.oneOf ?? []
  if (choice) return exampleOf(choice)
  switch (schema.type) {
    case 'object':
      return exampleObject(schema)
    case 'array':
      return []
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return true
    case 'string':
      return '…'
    default:
      return null
  }
}

function exampleObject({ properties = {}, required = [] }: JsonSchema): object {
  const shown = required.length > 0 ? required : Object.keys(properties).slice(0, 1)
  return Object.fromEntries(shown.map((name) => [name, exampleOf(properties[name] ?? {})]))
}
