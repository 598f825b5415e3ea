import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../contract/json'
import { parseJson } from '../contract/parse-json'

const inputsSchema = z.custom<JsonObject>(isJsonObject)

/** Where small things are remembered: `localStorage`, or anything that behaves like it. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>

/** What a workflow was run with last from this browser; null when it never was, or nothing can be remembered. */
export function readLastInputs(workflowId: string, memory: Memory): JsonObject | null {
  try {
    const text = memory.getItem(keyOf(workflowId))
    const read = text === null ? null : inputsSchema.safeParse(parseJson(text))
    return read?.success ? read.data : null
  } catch {
    return null
  }
}

/** Remembers what a workflow was run with. Where that cannot be (private window, full) it is not. */
export function rememberInputs(workflowId: string, inputs: JsonObject, memory: Memory): void {
  try {
    memory.setItem(keyOf(workflowId), JSON.stringify(inputs))
  } catch {
    // Remembering is a comfort: running goes on without.
  }
}

function keyOf(workflowId: string): string {
  return `sluice inputs ${workflowId}`
}
