import { BlockError } from './contract'
import { isJsonObject, type Json } from '../contract/json'
import { parseJson } from '../contract/parse-json'

/** Reads names and values from an object, its JSON text or table rows (`[{"cells": {"Key": k, "Value": v}}]`), in
 *  order. Blank names are dropped, and nulls of an object. @throws BlockError when it is none of these; `what` names
 *  the field. */
export function readPairs(value: unknown, what: string): [name: string, value: Json][] {
  const source = typeof value === 'string' ? parseText(value, what) : value
  if (source === undefined || source === null) return []
  // An array in a JSON value holds JSON values.
  if (Array.isArray(source)) return source.flatMap((row: Json) => readRow(row))
  if (!isJsonObject(source)) throw notPairs(what)
  return Object.entries(source).filter(([name, item]) => name.trim() !== '' && item !== null)
}

/** The text a value has in a header or query: strings as they are, everything else as JSON. */
export function pairText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function readRow(row: Json): [string, Json][] {
  const cells = isJsonObject(row) && isJsonObject(row['cells']) ? row['cells'] : {}
  const name = pairText(cells['Key'] ?? '').trim()
  return name === '' ? [] : [[name, cells['Value'] ?? '']]
}

function parseText(text: string, what: string): Json {
  if (text.trim() === '') return null
  try {
    return parseJson(text, what)
  } catch (cause) {
    throw notPairs(what, cause)
  }
}

function notPairs(what: string, cause?: unknown): BlockError {
  return new BlockError(`${what} must be an object, the JSON text of one, or table rows`, { cause })
}
