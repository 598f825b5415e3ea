import 'server-only'
import { isJsonObject, type JsonObject } from '../../contract/json'
import { parseJson } from '../../contract/parse-json'
import { BlockError, readText, type Runner } from '../contract'
import { readPairs } from '../pairs'
import { operationOf, type platformApi } from './definition'

/** Calls one of the platform's own operations with the caller's rights. */
export const run: Runner<typeof platformApi> = async (config, context) => {
  const resource = readText(config.resource)
  if (resource === '') throw new BlockError('No resource is chosen: fill resource')
  const operation = operationOf(config)
  if (operation === '') throw new BlockError('No operation is chosen: fill operation')
  const { output, statusCode } = await context.platform({
    resource,
    operation,
    resourceId: readText(config.resource_id) || null,
    body: readBody(config.body),
    params: Object.fromEntries(readPairs(config.params, 'params')),
  })
  return { output, status_code: statusCode }
}

function readBody(value: unknown): JsonObject {
  const body = typeof value === 'string' && value.trim() !== '' ? parseBody(value) : value
  if (isJsonObject(body)) return body
  if (body === undefined || body === null || body === '') return {}
  throw new BlockError('body must be an object')
}

function parseBody(text: string): unknown {
  try {
    return parseJson(text, 'body')
  } catch (cause) {
    throw new BlockError('body must be an object or the JSON text of one', { cause })
  }
}
