import type { Json } from '../contract/json'

/** The value of a JSON text; undefined for any other text. */
export function parsedJson(text: string): Json | undefined {
  try {
    // What JSON.parse gives is JSON.
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
