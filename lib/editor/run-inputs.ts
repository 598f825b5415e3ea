import type { Catalog } from '../blocks/contract'
import type { Graph } from '../contract/graph'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import { parsedJson } from './parsed-json'

/** What a run is offered to be started with: the workflow's variables, over them the defaults of its starters, so that
 *  the form shows every name there is. */
export function defaultInputs(graph: Graph, catalog: Catalog, variables: JsonObject): JsonObject {
  const starters = graph.blocks.filter(
    ({ type, enabled }) => enabled && catalog.get(type)?.capabilities.trigger === 'start',
  )
  return Object.fromEntries(
    [...starters.map(({ config }) => objectOf(config['input'])), variables].flatMap(Object.entries),
  )
}

function objectOf(value: Json | undefined): JsonObject {
  const read = typeof value === 'string' ? parsedJson(value) : value
  return isJsonObject(read) ? read : {}
}

/** What is typed for a run, read as JSON; `problem` says why it cannot be. Blank is no input. */
export function readInputs(text: string): { inputs: JsonObject } | { problem: string } {
  if (text.trim() === '') return { inputs: {} }
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value)
      ? { inputs: value }
      : { problem: 'The input has to be a JSON object: { "name": "value" }.' }
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}
